import { type DirectiveNode, GraphQLError, Kind, visit } from 'graphql';
import type { OperationDocument } from '../operation-document.ts';
import type { Variables } from '../program.ts';

/** The variables that decide on a `@skip` or `@include` anywhere in an operation, and how to read them. */
export class Conditions {
  readonly #names: readonly string[];
  readonly #defaults: ReadonlyMap<string, boolean>;

  constructor({ operation, fragments }: OperationDocument) {
    const names = new Set<string>();
    const Directive = (node: DirectiveNode): void => {
      const value = node.arguments?.find(({ name }) => name.value === 'if')?.value;
      if (value?.kind !== Kind.VARIABLE) return;
      if (node.name.value === 'skip' || node.name.value === 'include') names.add(value.name.value);
    };
    for (const node of [operation, ...Object.values(fragments)]) visit(node, { Directive });
    const declared = operation.variableDefinitions ?? [];
    this.#defaults = new Map(
      declared.flatMap(({ variable, defaultValue }) =>
        defaultValue?.kind === Kind.BOOLEAN ? [[variable.name.value, defaultValue.value]] : [],
      ),
    );
    // A fragment that is not used by this operation may name variables of another.
    this.#names = declared.map(({ variable }) => variable.name.value).filter((name) => names.has(name));
  }

  /** Throws a `GraphQLError` for null, which a nullable variable with a default value lets through. */
  values(variables: Variables): Record<string, boolean> {
    const values: Record<string, boolean> = {};
    for (const name of this.#names) {
      const given = Object.hasOwn(variables, name) ? variables[name] : undefined;
      const value = given === undefined ? this.#defaults.get(name) : given;
      if (typeof value !== 'boolean') {
        throw new GraphQLError(`Variable "$${name}" decides on @skip or @include and must be true or false.`, {
          extensions: { code: 'BAD_USER_INPUT' },
        });
      }
      values[name] = value;
    }
    return values;
  }
}

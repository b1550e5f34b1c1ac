import {
  type ConstDirectiveNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql';
import { type SecurityDirective, securityNames } from '../graph/security-directives.ts';
import { type Requirement, Requirements } from './requirement.ts';

type Annotated = {
  readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] } | null | undefined;
  readonly extensionASTNodes?: readonly { readonly directives?: readonly ConstDirectiveNode[] }[];
};

const NONE: readonly Requirement[] = [];

/**
 * Who may see which field: what the directives of a supergraph come to.
 *
 * A field asks for all that its object type, the field itself and the type of its value ask for. What a composed
 * supergraph has on an interface is no rule of its own but the sum of what the types behind it ask for, so that those
 * who know only the interface see it; each object is judged by its own type.
 */
export class AccessRules {
  readonly #requirements = new Requirements();
  readonly #fields = new Map<string, ReadonlyMap<string, readonly Requirement[]>>();
  readonly #names: ReadonlyMap<string, SecurityDirective>;

  /** @param schema the supergraph with its directives */
  constructor(private readonly schema: GraphQLSchema) {
    this.#names = securityNames([...(schema.astNode ? [schema.astNode] : []), ...schema.extensionASTNodes]);
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type)) continue;
      const fields = this.#readFields(type);
      if (fields.size > 0) this.#fields.set(type.name, fields);
    }
  }

  /** What a field of an object type asks for, all of it. Empty when it is for everybody. */
  of(type: string, field: string): readonly Requirement[] {
    return this.#fields.get(type)?.get(field) ?? NONE;
  }

  get protectsNothing(): boolean {
    return this.#fields.size === 0;
  }

  /** The policies that the graph names. */
  get policies(): ReadonlySet<string> {
    const policies = [...this.#requirements.all].filter(({ kind }) => kind === 'policy');
    return new Set(policies.flatMap(({ alternatives }) => alternatives.flat()));
  }

  #readFields(type: GraphQLObjectType): Map<string, readonly Requirement[]> {
    const fields = new Map<string, readonly Requirement[]>();
    const ofType = this.#ofType(type);
    for (const field of Object.values(type.getFields())) {
      const all = new Set([
        ...ofType,
        ...this.#directlyOn(field),
        ...this.#fromInterfaces(type, field.name),
        ...this.#ofType(getNamedType(field.type)),
      ]);
      if (all.size > 0) fields.set(field.name, [...all]);
    }
    return fields;
  }

  #ofType(type: GraphQLNamedType): readonly Requirement[] {
    if (isInterfaceType(type)) return this.#writtenOn(type.name);
    const inherited = isObjectType(type) ? type.getInterfaces().flatMap(({ name }) => this.#writtenOn(name)) : [];
    return [...this.#directlyOn(type), ...inherited];
  }

  #fromInterfaces(type: GraphQLObjectType, field: string): readonly Requirement[] {
    return type.getInterfaces().flatMap((each) => (field in each.getFields() ? this.#writtenOn(each.name, field) : []));
  }

  /**
   * What was written on an interface, or on a field of it, by hand: a directive that no type behind it has. Today's
   * composition refuses such; a supergraph that an older one made may have it, and then it holds for all of them.
   */
  #writtenOn(interfaceName: string, field?: string): readonly Requirement[] {
    const type = this.schema.getType(interfaceName);
    if (!isInterfaceType(type)) return NONE;
    const place = (of: { getFields(): Record<string, Annotated> } & Annotated) => (field ? of.getFields()[field] : of);
    const implementing = this.schema.getPossibleTypes(type).map(place);
    const inherited = new Set(implementing.flatMap((each) => this.#directlyOn(each).map(({ kind }) => kind)));
    return this.#directlyOn(place(type)).filter(({ kind }) => !inherited.has(kind));
  }

  #directlyOn(place: Annotated | undefined): readonly Requirement[] {
    const nodes = [place?.astNode, ...(place?.extensionASTNodes ?? [])];
    const directives = nodes.flatMap((node) => node?.directives ?? []);
    return directives.flatMap((directive) => {
      const kind = this.#names.get(directive.name.value);
      return kind ? [this.#requirements.get(kind, alternativesOf(kind, directive))] : [];
    });
  }
}

/** What cannot be understood has no alternative, and lets nobody through. */
function alternativesOf(kind: SecurityDirective, directive: ConstDirectiveNode): Requirement['alternatives'] {
  if (kind === 'authenticated') return [[]];
  const name = kind === 'policy' ? 'policies' : 'scopes';
  const given = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  const alternatives: unknown = given && valueFromASTUntyped(given);
  return isListOfLists(alternatives) ? alternatives : [];
}

function isListOfLists(value: unknown): value is string[][] {
  return (
    Array.isArray(value) &&
    value.every((each) => Array.isArray(each) && each.every((name) => typeof name === 'string' && name !== ''))
  );
}

import {
  type ConstDirectiveNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isCompositeType,
  isObjectType,
  isUnionType,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import type { AccessRules } from '../authorization/access.rules.ts';
import { conditionOf, objectTypesOf } from '../authorization/selected-fields.ts';
import type { OperationDocument } from '../execution/operation-document.ts';

/** What is not for everybody, or not to be kept. */
export const NOT_PUBLIC = 0;

type Declared = { readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] } | null | undefined };

/**
 * For how many seconds the answer to an operation may be shown to everybody; {@link NOT_PUBLIC} when not at all.
 *
 * Each field has to say so, by `@cacheControl` on itself or on the type it returns; a leaf that says nothing is what its
 * object is. One that says nothing, or that asks for anything of its caller, makes the whole answer private.
 */
export class PublicAge {
  readonly #schema: GraphQLSchema;
  readonly #rules: AccessRules;

  /** @param schema the supergraph with its directives */
  constructor(schema: GraphQLSchema, rules: AccessRules) {
    this.#schema = schema;
    this.#rules = rules;
  }

  of({ operation, fragments }: OperationDocument): number {
    if (operation.operation !== OperationTypeNode.QUERY) return NOT_PUBLIC;
    let shortest = Infinity;
    // A fragment means the same wherever it is spread on objects of the same age, so each is looked into once for that.
    const seen = new Set<string>();
    const walk = (parent: GraphQLCompositeType, { selections }: SelectionSetNode, inherited: number): void => {
      for (const selection of selections) {
        if (shortest === NOT_PUBLIC) return;
        if (selection.kind === Kind.FRAGMENT_SPREAD) {
          const { name, typeCondition, selectionSet } = fragments[selection.name.value]!;
          const key = `${name.value} ${inherited}`;
          if (!seen.has(key)) walk(conditionOf(this.#schema, typeCondition.name.value), selectionSet, inherited);
          seen.add(key);
        } else if (selection.kind === Kind.INLINE_FRAGMENT) {
          const condition = conditionOf(this.#schema, selection.typeCondition?.name.value, parent);
          walk(condition, selection.selectionSet, inherited);
        } else if (selection.name.value !== '__typename') {
          const age = this.#ofField(parent, selection.name.value, inherited);
          shortest = Math.min(shortest, age);
          const value = isUnionType(parent) ? undefined : parent.getFields()[selection.name.value]?.type;
          const type = value && getNamedType(value);
          if (selection.selectionSet && isCompositeType(type)) walk(type, selection.selectionSet, age);
        }
      }
    };
    walk(this.#schema.getQueryType()!, operation.selectionSet, NOT_PUBLIC);
    return shortest === Infinity ? NOT_PUBLIC : shortest;
  }

  /** Of an interface's field: what is true of it whichever type stands behind it. */
  #ofField(parent: GraphQLCompositeType, name: string, inherited: number): number {
    const types = objectTypesOf(this.#schema, parent);
    return types.length === 0 ? NOT_PUBLIC : Math.min(...types.map((type) => this.#ofObject(type, name, inherited)));
  }

  #ofObject(type: GraphQLObjectType, name: string, inherited: number): number {
    const field = type.getFields()[name];
    // Introspection has fields that no type lists; and of those the age is what the schema's is, which is not known.
    if (!field || this.#rules.of(type.name, name).length > 0) return NOT_PUBLIC;
    const value = getNamedType(field.type);
    return declaredAge(field) ?? this.#ofType(value) ?? (isCompositeType(value) ? NOT_PUBLIC : inherited);
  }

  #ofType(type: GraphQLNamedType): number | undefined {
    if (isObjectType(type)) return declaredAge(type);
    if (!isCompositeType(type)) return undefined;
    const ages = objectTypesOf(this.#schema, type).map((each) => declaredAge(each) ?? NOT_PUBLIC);
    return ages.length === 0 ? undefined : Math.min(...ages);
  }
}

function declaredAge({ astNode }: Declared): number | undefined {
  const directive = astNode?.directives?.find(({ name }) => name.value === 'cacheControl');
  const value = directive?.arguments?.find(({ name }) => name.value === 'maxAge')?.value;
  const seconds: unknown = value && valueFromASTUntyped(value);
  if (!directive) return undefined;
  return typeof seconds === 'number' && seconds > 0 ? seconds : NOT_PUBLIC;
}

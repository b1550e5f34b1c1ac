import {
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isObjectType,
  isUnionType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { OperationDocument } from '../execution/operation-document.ts';

/**
 * Calls back for every field that an operation selects, with each object type it may be selected on. Fields of
 * introspection are left out, and a fragment counts once however often it is used.
 */
export function eachSelectedField(
  schema: GraphQLSchema,
  { operation, fragments }: OperationDocument,
  visit: (type: string, field: string) => void,
): void {
  const walk = (parent: GraphQLCompositeType, { selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        walk(conditionOf(schema, selection.typeCondition?.name.value, parent), selection.selectionSet);
        continue;
      }
      const value = valueTypeOf(parent, selection.name.value);
      if (!value) continue;
      for (const { name } of objectTypesOf(schema, parent)) visit(name, selection.name.value);
      if (selection.selectionSet && isCompositeType(value)) walk(value, selection.selectionSet);
    }
  };
  walk(schema.getRootType(operation.operation)!, operation.selectionSet);
  for (const { typeCondition, selectionSet } of Object.values(fragments)) {
    walk(conditionOf(schema, typeCondition.name.value), selectionSet);
  }
}

/** The types that an object can be of. */
export function objectTypesOf(schema: GraphQLSchema, type: GraphQLCompositeType): readonly GraphQLObjectType[] {
  return isObjectType(type) ? [type] : schema.getPossibleTypes(type);
}

/** What a field's value is made of; `undefined` for fields of introspection. */
export function valueTypeOf(parent: GraphQLCompositeType, field: string) {
  const definition = isUnionType(parent) ? undefined : parent.getFields()[field];
  return definition && getNamedType(definition.type);
}

/** The type a fragment is for. Valid documents name types that exist. */
export function conditionOf(
  schema: GraphQLSchema,
  condition: string | undefined,
  parent?: GraphQLCompositeType,
): GraphQLCompositeType {
  const type = condition === undefined ? parent : schema.getType(condition);
  if (!isCompositeType(type)) throw new Error(`A fragment is for ${condition}, which has no fields`);
  return type;
}

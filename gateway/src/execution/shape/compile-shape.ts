import {
  type FieldNode,
  type FragmentDefinitionNode,
  getNullableType,
  type GraphQLCompositeType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import { leafShape } from './leaf.shape.ts';
import { objectShape } from './object.shape.ts';
import type { Shape, Shaping } from './shaping.ts';

type FieldsByName = ReadonlyMap<string, readonly FieldNode[]>;

export interface ShapedOperation {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** The value of every variable that decides on a `@skip` or `@include`. */
  readonly conditions: Readonly<Record<string, boolean>>;
}

/**
 * Compiles what turns the merged answers of subgraphs into the answer to an operation: the fields that were asked for,
 * in the order of the document, each as its type says, and null as far up as the schema demands.
 */
export function compileShape(operation: ShapedOperation): Shape {
  return new ShapeCompiler(operation).root();
}

class ShapeCompiler {
  readonly #of: ShapedOperation;

  constructor(operation: ShapedOperation) {
    this.#of = operation;
  }

  root(): Shape {
    const { schema, operation, fragments, conditions } = this.#of;
    const type = schema.getRootType(operation.operation);
    if (!type) throw new Error(`The schema has no ${operation.operation}`);
    return this.#object(type, collectFields(schema, fragments, conditions, type, operation.selectionSet), 0);
  }

  /** `depth` is the length of the path of the object. */
  #object(type: GraphQLObjectType | GraphQLInterfaceType, nodes: FieldsByName, depth: number): Shape {
    const definitions = type.getFields();
    const fields = [...nodes].map(([name, [first, ...others]]) => {
      if (first!.name.value === '__typename') return { name, typename: isObjectType(type) ? type.name : undefined };
      const definition = definitions[first!.name.value];
      if (!definition) throw new Error(`${type.name} has no field ${first!.name.value}`);
      const complete = this.#value(definition.type, [first!, ...others], depth + 1);
      return { name, complete, isNonNull: isNonNullType(definition.type) };
    });
    return objectShape(type.name, fields, depth);
  }

  #value(declared: GraphQLOutputType, nodes: readonly FieldNode[], depth: number): Shape {
    const type = getNullableType(declared);
    if (isListType(type)) return listShape(type.ofType, this.#value(type.ofType, nodes, depth + 1), depth);
    if (isLeafType(type)) return leafShape(type, depth);
    if (isCompositeType(type)) return onlyObjects(this.#composite(type, nodes, depth), type, depth);
    throw new Error(`${String(type)} is not a type that can be answered`);
  }

  #composite(type: GraphQLCompositeType, nodes: readonly FieldNode[], depth: number): Shape {
    const { schema, fragments, conditions } = this.#of;
    const compile = (runtimeType: GraphQLObjectType | GraphQLInterfaceType): Shape => {
      const fields = collectSubfields(schema, fragments, conditions, runtimeType as GraphQLObjectType, nodes);
      return this.#object(runtimeType, fields, depth);
    };
    // It can be no other, whatever a subgraph calls it: a root type may have another name there.
    if (isObjectType(type)) return compile(type);

    // At most as many as the schema has types: others do not get in.
    const shapes = new Map<unknown, Shape>();
    return (value, shaping) => {
      const typename = (value as Record<string, unknown>)['__typename'];
      let shape = shapes.get(typename);
      if (!shape) {
        const runtimeType = this.#runtimeType(type, typename);
        if (!runtimeType) {
          shaping.report(`A subgraph gave an object of which it is not known which ${type.name} it is`, depth);
          return undefined;
        }
        shapes.set(typename, (shape = compile(runtimeType)));
      }
      return shape(value, shaping);
    };
  }

  /** A subgraph may know an interface as an object, or an object by nothing but its interface. */
  #runtimeType(type: GraphQLCompositeType, typename: unknown): GraphQLObjectType | GraphQLInterfaceType | undefined {
    if (typename === undefined) return isInterfaceType(type) ? type : undefined;
    const named = typeof typename === 'string' ? this.#of.schema.getType(typename) : undefined;
    if (!isObjectType(named) && !isInterfaceType(named)) return undefined;
    if (named === type) return named;
    return !isObjectType(type) && this.#of.schema.isSubType(type, named) ? named : undefined;
  }
}

function onlyObjects(shape: Shape, type: GraphQLCompositeType, depth: number): Shape {
  return (value, shaping) => {
    if (typeof value === 'object' && !Array.isArray(value)) return shape(value, shaping);
    shaping.report(`A subgraph gave something else for an object of type ${type.name}`, depth);
    return undefined;
  };
}

function listShape(itemType: GraphQLOutputType, complete: Shape, depth: number): Shape {
  const isNonNull = isNonNullType(itemType);
  return (value, shaping) => {
    if (!Array.isArray(value)) {
      shaping.report('A subgraph gave something else for a list', depth);
      return undefined;
    }
    const items: unknown[] = [];
    let isValid = true;
    for (let index = 0; index < value.length; index++) {
      shaping.path[depth] = index;
      const item: unknown = value[index] ?? null;
      const completed = item === null ? null : complete(item, shaping);
      items[index] = completed ?? null;
      if (completed == null && isNonNull) isValid = refuseNull(completed, shaping, depth + 1);
    }
    return isValid ? items : undefined;
  };
}

function refuseNull(completed: null | undefined, shaping: Shaping, length: number): false {
  if (completed === null) shaping.report('A subgraph gave null in a list that has no nulls', length);
  return false;
}

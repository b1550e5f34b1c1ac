import {
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from 'graphql';

const DEPTH = 2;

/** Ends the first half of an alias: types of one union have fields of the same name and of other types. */
const ALIAS = '__';

/**
 * Selects everything there is in a type, and in whatever that leads to; nothing for a scalar.
 *
 * Things that have an id are gone into two deep and each type once; further on they have only their own values, or there
 * would be no end. What has no id, such as a page of a list, is a way to something else and always gone through.
 */
export function everythingOf(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
  met: Set<string> = new Set(),
  within: readonly string[] = [],
  alias = '',
): string {
  if (!isCompositeType(type)) return '';
  const path = [...within, type.name];
  if (isUnionType(type) || isInterfaceType(type)) {
    const types = schema.getPossibleTypes(type).filter(({ name }) => !path.includes(name));
    return `{ __typename ${types.map((each) => `... on ${each.name} ${everythingOf(schema, each, met, path, `${each.name}${ALIAS}`)}`).join(' ')} }`;
  }
  const things = path.filter((name) => hasId(schema, name)).length;
  const isEnd = hasId(schema, type.name) && (things > DEPTH || met.has(type.name));
  if (!isEnd) met.add(type.name);
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const value = getNamedType(field.type);
    if (field.name.startsWith('_') || field.args.some(isRequiredArgument)) return [];
    const name = alias ? `${alias}${field.name}: ${field.name}` : field.name;
    if (!isCompositeType(value)) return [name];
    if (isEnd || path.includes(value.name)) return [];
    // A few of each are enough, and lists of lists multiply.
    const few = field.args.some(({ name }) => name === 'first') ? '(first: 2)' : '';
    return [`${name}${few} ${everythingOf(schema, value, met, path)}`];
  });
  return `{ __typename ${fields.join(' ')} }`;
}

function hasId(schema: GraphQLSchema, name: string): boolean {
  const type = schema.getType(name);
  return isObjectType(type) && 'id' in type.getFields();
}

/** Something of the graph that an answer showed. */
export interface Sighting {
  readonly type: string;
  readonly field: string;
  /** Of the object it was in; of objects without one, of the next one around them. */
  readonly id: string | undefined;
}

/** Every field that has a value in an answer to such selections. */
export function sightingsIn(schema: GraphQLSchema, data: unknown, around?: string): Sighting[] {
  if (Array.isArray(data)) return data.flatMap((item) => sightingsIn(schema, item, around));
  if (typeof data !== 'object' || data === null) return [];
  const { __typename: name, ...answers } = data as Record<string, unknown>;
  const fields = Object.fromEntries(Object.entries(answers).map(([key, value]) => [key.split(ALIAS).at(-1)!, value]));
  const type = schema.getType(String(name));
  // What is not of a type, such as JSON, is one value.
  if (!isObjectType(type)) return [];
  const id = typeof fields['id'] === 'string' ? fields['id'] : around;
  return Object.entries(fields)
    .filter(([, value]) => value !== null && value !== undefined)
    .flatMap(([field, value]) => [{ type: type.name, field, id }, ...sightingsIn(schema, value, id)]);
}

/** The fields of all object types that answers from these roots can have in them, as `Type.field`. */
export function reachableFrom(schema: GraphQLSchema, roots: readonly string[]): Set<string> {
  const fields = new Set<string>();
  const left = [...roots];
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    const type = schema.getType(name);
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      if (!fields.has(coordinate)) left.push(getNamedType(field.type).name);
      fields.add(coordinate);
    }
  }
  return fields;
}

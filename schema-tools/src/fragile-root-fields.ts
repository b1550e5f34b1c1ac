import { Kind, parse } from 'graphql';

/** `Subscription` is left out: an operation on it has one field, so there is nothing beside it to lose. */
const ROOTS: ReadonlySet<string> = new Set(['Query', 'Mutation']);

/**
 * Root fields that may not be null. A null where none may be moves up to the next place that may; from a root field that
 * is the whole answer, with the fields of subgraphs that are well.
 */
export function fragileRootFields(sdl: string): string[] {
  return parse(sdl).definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) return [];
    if (!ROOTS.has(definition.name.value)) return [];
    return (definition.fields ?? [])
      .filter((field) => field.type.kind === Kind.NON_NULL_TYPE && !field.name.value.startsWith('_'))
      .map((field) => `${definition.name.value}.${field.name.value}`);
  });
}

import { Kind, parse } from 'graphql';

const ROOTS: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);
const DECIDING: ReadonlySet<string> = new Set(['authenticated', 'requiresScopes', 'policy']);

/**
 * Root fields of a subgraph of which nobody has said who they are for, and those of which two things were said: that
 * they are for everybody, and that they are not.
 */
export function undecidedRootFields(sdl: string, forEverybody: ReadonlySet<string>): string[] {
  return rootFieldsOf(sdl)
    .filter(({ coordinate, isProtected }) => isProtected === forEverybody.has(coordinate))
    .map(({ coordinate }) => coordinate);
}

/** What is said to be for everybody, and is in no subgraph. */
export function unknownRootFields(sdls: Iterable<string>, forEverybody: ReadonlySet<string>): string[] {
  const known = new Set([...sdls].flatMap(rootFieldsOf).map(({ coordinate }) => coordinate));
  return [...forEverybody].filter((coordinate) => !known.has(coordinate));
}

function rootFieldsOf(sdl: string): { readonly coordinate: string; readonly isProtected: boolean }[] {
  return parse(sdl).definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) return [];
    if (!ROOTS.has(definition.name.value)) return [];
    return (definition.fields ?? [])
      .filter((field) => !field.name.value.startsWith('_'))
      .map(({ name, directives = [] }) => ({
        coordinate: `${definition.name.value}.${name.value}`,
        isProtected: directives.some((directive) => DECIDING.has(directive.name.value)),
      }));
  });
}

/** An object of an answer as it came: JSON, parsed. */
export type Tree = Record<string, unknown>;

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Merges a subgraph's answer into what is known of the same object. Lists of the same length are taken for the same list.
 *
 * The source is taken over: its objects become parts of the target. Where it is merged into more than one target, all but
 * one need a {@link copyOf} it, or a later fetch would change one place and find its traces in another.
 */
export function mergeTree(target: Tree, source: Readonly<Tree>): void {
  for (const name in source) {
    const value = source[name];
    // As a name of a field it would reach the prototype, and no operation with such a name is compiled.
    if (value === undefined || name === '__proto__') continue;
    target[name] = merged(target[name], value);
  }
}

export function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (!isTree(value)) return value;
  const copy: Tree = {};
  for (const name in value) if (name !== '__proto__') copy[name] = copyOf(value[name]);
  return copy as T;
}

function merged(known: unknown, value: unknown): unknown {
  if (typeof value !== 'object' || typeof known !== 'object' || value === null || known === null) return value;
  if (Array.isArray(value)) {
    if (!Array.isArray(known) || known.length !== value.length) return value;
    for (let index = 0; index < value.length; index++) known[index] = merged(known[index], value[index]);
    return known;
  }
  if (Array.isArray(known)) return value;
  mergeTree(known as Tree, value as Tree);
  return known;
}

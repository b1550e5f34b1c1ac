/** A place in an input, and what stands there. */
interface Place {
  readonly path: string;
  readonly value: unknown;
}

/**
 * Where in an input there is text that PostgreSQL does not keep: with a character U+0000, or with half of a surrogate
 * pair. JSON can say both, and neither is anything that a person types.
 *
 * @returns the first such place as a dotted path, empty for the input itself; `undefined` when all text can be kept
 */
export function findUnstorableText(input: unknown): string | undefined {
  // A list of places still to look at, because JSON from a client may be nested deeper than functions can call.
  const places: Place[] = [{ path: '', value: input }];
  for (let place = places.pop(); place; place = places.pop()) {
    const { path, value } = place;
    if (typeof value === 'string' && !isStorable(value)) return path;
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, part] of Object.entries(value)) {
      if (!isStorable(name)) return path;
      places.push({ path: path ? `${path}.${name}` : name, value: part });
    }
  }
  return undefined;
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

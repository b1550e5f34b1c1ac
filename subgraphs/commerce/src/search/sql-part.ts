/** A part of a statement, with `?` for its values. */
export interface SqlPart {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** Conditions that all have to hold. */
export function allOf(parts: readonly SqlPart[]): SqlPart {
  if (parts.length === 0) return { sql: 'true', params: [] };
  return { sql: parts.map(({ sql }) => sql).join(' and '), params: parts.flatMap(({ params }) => params) };
}

/** One condition at least has to hold. */
export function anyOf(parts: readonly SqlPart[]): SqlPart {
  if (parts.length === 0) return { sql: 'false', params: [] };
  return { sql: `(${parts.map(({ sql }) => sql).join(' or ')})`, params: parts.flatMap(({ params }) => params) };
}

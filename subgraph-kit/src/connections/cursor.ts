import { badUserInput } from '../errors/domain.error.ts';

/** Longer than any row an index can hold, so no cursor of ours is ever refused for its length. */
const MAX_CURSOR_LENGTH = 20_000;

/**
 * A place in a sorted list, opaque to clients: the sort values of one row, as PostgreSQL writes them, and a fingerprint
 * of the sort they belong to.
 *
 * Values are kept as text because that is exact: a `Date` would cut microseconds off and skip or repeat rows.
 */
export function encodeCursor(fingerprint: string, values: readonly string[]): string {
  return Buffer.from(JSON.stringify([fingerprint, ...values])).toString('base64url');
}

/** The sort values of a cursor, or `BAD_USER_INPUT` for what was not issued by a list of this sort. */
export function decodeCursor(cursor: string, fingerprint: string, length: number, argument: string): string[] {
  const [issuedFor, ...values] = cursor.length > MAX_CURSOR_LENGTH ? [] : parse(cursor);
  if (issuedFor !== fingerprint || values.length !== length) throw malformedCursor(argument);
  return values;
}

export function malformedCursor(...args: readonly string[]) {
  return badUserInput(args.map((path) => ({ path, message: `${path} is not a cursor of this list.` })));
}

function parse(cursor: string): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parts) && parts.every(isPlainText) ? parts : [];
  } catch {
    return [];
  }
}

function isPlainText(part: unknown): part is string {
  // PostgreSQL has no NUL in text, and one would cut the statement short on the wire.
  return typeof part === 'string' && !part.includes('\0');
}

const MAX_LENGTH = 300;
const REMOVED = '***';

/** What a message of some library may quote, and by what it is replaced. In this order: a URL may hold all the others. */
const QUOTED: readonly (readonly [RegExp, string])[] = [
  // Of an address only where it leads: user, path and query may each be a secret.
  [/\b([a-z][a-z0-9+.-]{1,20}:\/\/)(?:[^\s/@]*@)?([^\s/?#'"@]+)[^\s'"]*/gi, '$1$2'],
  [/[^\s@<>()'",;:]{1,64}@[^\s@<>()'",;:]{1,255}/g, REMOVED],
  [/\b(Bearer|Basic)\s+\S+/gi, `$1 ${REMOVED}`],
  [
    /\b([\w-]*(?:password|passwd|secret|token|api[_-]?key|authorization|cookie)[\w-]*["']?\s*[=:]\s*["']?)[^\s"',;&]+/gi,
    `$1${REMOVED}`,
  ],
  // What PostgreSQL says of a row: `Key (email)=(…)`, `Failing row contains (…)`.
  [/(\)=|contains )\([^)]*\)/g, `$1(${REMOVED})`],
  [/'[^']{1,2000}'/g, `'${REMOVED}'`],
  [/\+\d[\d\s()-]{6,18}\d/g, REMOVED],
];

/** Tokens and keys: long, of letters and digits. Ids of ours are none. */
const LONG_WORD = /[A-Za-z0-9_.+/=-]{24,}/g;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * An error as an operator sees it: one line of at most 300 characters, without what may be somebody's secret or personal.
 * The whole text is in the logs, under the correlation id.
 */
export function shortenError(text: string): string {
  const line = text.slice(0, 2_000).replaceAll(/\s+/g, ' ').trim();
  const safe = QUOTED.reduce((left, [pattern, replacement]) => left.replaceAll(pattern, replacement), line);
  const shown = safe.replaceAll(LONG_WORD, (word) => (isSecret(word) ? REMOVED : word));
  return shown.length > MAX_LENGTH ? `${shown.slice(0, MAX_LENGTH - 1)}…` : shown;
}

function isSecret(word: string): boolean {
  return /\d/.test(word) && /[A-Za-z]/.test(word) && !UUID.test(word);
}

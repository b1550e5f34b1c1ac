import type { SqlPart } from './sql-part.ts';

/** More words than anybody looks for. */
const MAX_WORDS = 10;

/** Letters and digits, with the marks that belong to them: nothing that a query would read as its own language. */
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** The words of a text that somebody typed. Empty for one of which nothing can be found. */
export function wordsOf(text: string): readonly string[] {
  return (text.toLowerCase().match(WORD) ?? []).slice(0, MAX_WORDS);
}

/** A query that all words have to fit, each as it is written or by its stem; the last one may be a beginning. */
export function textQuery(words: readonly string[]): SqlPart {
  const each = words.map(() => `(to_tsquery('catalogue', ?) || plainto_tsquery('english', ?))`);
  const params = words.flatMap((word, index) => [index === words.length - 1 ? `${word}:*` : word, word]);
  return { sql: `(${each.join(' && ')})`, params };
}

/** Likewise in titles and brands only, and without stems: for somebody who is still typing. */
export function beginningQuery(words: readonly string[]): SqlPart {
  const each = words.map(() => `to_tsquery('catalogue', ?)`);
  const params = words.map((word, index) => `${word}:${index === words.length - 1 ? '*' : ''}AB`);
  return { sql: `(${each.join(' && ')})`, params };
}

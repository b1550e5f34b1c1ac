import type { CommerceWork } from '../context.ts';
import { anyOf, allOf, type SqlPart } from './sql-part.ts';

/** More words than anybody looks for. */
const MAX_WORDS = 10;

/** With more words that begin so, a beginning says too little for an index to be of use. */
const MAX_ENDINGS = 200;

/** How many of the words that are written most alike are tried. */
const MAX_ALIKE = 5;

/** Letters and digits, with the marks that belong to them: nothing that a query would read as its own language. */
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** What a text that somebody typed asks of `e.search`. */
export interface TextQuery {
  readonly plain: SqlPart;
  /** The same, for a statement that finds rows by the index of words: with no more in it than that index is good for. */
  readonly indexed: SqlPart;
}

/** The words of a text that somebody typed. Empty for one of which nothing can be found. */
export function wordsOf(text: string): readonly string[] {
  return (text.toLowerCase().match(WORD) ?? []).slice(0, MAX_WORDS);
}

/** All words have to fit, each as it is written or by its stem; the last one may be a beginning. */
export async function textQuery(work: CommerceWork, words: readonly string[]): Promise<TextQuery> {
  const stem = (word: string) => ({ sql: `plainto_tsquery('english', ?)`, params: [word] });
  const whole = words.slice(0, -1).map((word) => either(lexemes(word), stem(word)));
  const last = words.at(-1)!;
  return joined(whole, await endings(work, last), (beginning) => either(beginning, stem(last)));
}

/** Likewise in titles and brands only, and without stems: for somebody who is still typing. */
export async function beginningQuery(work: CommerceWork, words: readonly string[]): Promise<TextQuery> {
  const whole = words.slice(0, -1).map((word) => lexemes(word, ':AB'));
  return joined(whole, await endings(work, words.at(-1)!, 'AB'), (beginning) => beginning);
}

/** All words have to fit a title or brand, each by one of those in the catalogue that are written most like it. */
export async function alikeQuery(work: CommerceWork, words: readonly string[]): Promise<TextQuery> {
  const rows = await work.em.execute<{ alike: string[] }[]>(
    `${words.map(() => ALIKE).join(' union all ')} order by place`,
    words.flatMap((word, place) => [place, word, word, word]),
  );
  const found = rows.map(({ alike }) => alike);
  if (found.some((alike) => alike.length === 0)) return { plain: anyOf([]), indexed: anyOf([]) };
  const fits = fitting(found.map((alike) => written(alike, ':AB')));
  return { plain: fits, indexed: fits };
}

const ENDINGS = `
select own, array(
  select word from catalogue_word where word collate "C" >= own[1] and word collate "C" < own[1] || chr(1114111)
  order by word collate "C" limit ${MAX_ENDINGS + 1}
) as words from (select tsvector_to_array(to_tsvector('catalogue', ?)) as own) typed`;

/** Written out for each word, because the planner has to see the word to know that an index is worth it. */
const ALIKE = `
(select ?::int as place, array(
  select word from catalogue_word where word !~ '[0-9]' and resembles(?, word)
  order by resemblance(?, word) desc, abs(length(word) - length(?)), word limit ${MAX_ALIKE}
) as alike)`;

/** What begins like a word, and whether that is few enough words to look for each of them. */
async function endings(work: CommerceWork, word: string, weights = ''): Promise<SqlPart & { readonly isFew: boolean }> {
  const [row] = await work.em.execute<{ own: string[]; words: string[] }[]>(ENDINGS, [word]);
  const { own, words } = row!;
  const isFew = own.length === 1 && words.length <= MAX_ENDINGS;
  return { ...(isFew ? written([...own, ...words], weights && `:${weights}`) : lexemes(word, `:*${weights}`)), isFew };
}

function joined(
  whole: readonly SqlPart[],
  { isFew, ...beginning }: SqlPart & { readonly isFew: boolean },
  withStem: (beginning: SqlPart) => SqlPart,
): TextQuery {
  const plain = fitting([...whole, withStem(beginning)]);
  if (isFew) return { plain, indexed: plain };
  // An index would have to collect all that begins so, again for each step. As it fits so much, it is met soon anyway.
  const met = fitting([withStem(beginning)]);
  const filtered = { sql: `(${met.sql}) is true`, params: met.params };
  return { plain, indexed: allOf([...(whole.length > 0 ? [fitting(whole)] : []), filtered]) };
}

/** The lexemes of a word, which are looked for as the suffix says. */
function lexemes(word: string, suffix = ''): SqlPart {
  return { sql: `to_tsquery('catalogue', ?)`, params: [word + suffix] };
}

/** Any of these lexemes, exactly. */
function written(words: readonly string[], suffix = ''): SqlPart {
  const quoted = words.map((word) => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'${suffix}`);
  return { sql: '?::tsquery', params: [quoted.join(' | ')] };
}

function either(one: SqlPart, other: SqlPart): SqlPart {
  return { sql: `(${one.sql} || ${other.sql})`, params: [...one.params, ...other.params] };
}

function fitting(queries: readonly SqlPart[]): SqlPart {
  const all = queries.map(({ sql }) => sql).join(' && ');
  return { sql: `e.search @@ (${all})`, params: queries.flatMap(({ params }) => params) };
}

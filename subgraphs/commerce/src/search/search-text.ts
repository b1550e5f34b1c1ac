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
  const read = await readWords(work, words);
  return joined(read.map((word, index) => fitOf(word, index === words.length - 1, [...word.own, ...word.stem])));
}

/** Likewise in titles and brands only, and without stems: for somebody who is still typing. */
export async function beginningQuery(work: CommerceWork, words: readonly string[]): Promise<TextQuery> {
  const read = await readWords(work, words);
  const joinedBy = (weights: string) =>
    joined(read.map((word, index) => fitOf(word, index === words.length - 1, word.own, weights)));
  // The index knows no weights: asked for them, it would have every row looked at once more, all of it.
  const { plain } = joinedBy('AB');
  const filtered = { sql: `(${plain.sql}) is true`, params: plain.params };
  return { plain, indexed: allOf([joinedBy('').indexed, filtered]) };
}

/** All words have to fit, each by one of those in the catalogue that are written most like it. */
export async function alikeQuery(work: CommerceWork, words: readonly string[]): Promise<TextQuery> {
  const rows = await work.em.execute<{ alike: string[] }[]>(
    `${words.map(() => ALIKE).join(' union all ')} order by place`,
    words.flatMap((word, place) => [place, word, word, word]),
  );
  const found = rows.map(({ alike }) => alike);
  if (found.some((alike) => alike.length === 0)) return { plain: anyOf([]), indexed: anyOf([]) };
  const fits = fitting(found.map((alike) => written(alike)));
  return { plain: fits, indexed: fits };
}

const READ = `
select own, tsvector_to_array(to_tsvector('english', typed)) as stem, array(
  select word from catalogue_word where word collate "C" >= own[1] and word collate "C" < own[1] || chr(1114111)
  order by word collate "C" limit case place when ? then ${MAX_ENDINGS + 1} else 0 end
) as endings
from json_array_elements_text(?::json) with ordinality as asked (typed, place),
  lateral (select tsvector_to_array(to_tsvector('catalogue', typed)) as own) lexemes
order by place`;

/** Written out for each word, because the planner has to see the word to know that an index is worth it. */
const ALIKE = `
(select ?::int as place, array(
  select word from catalogue_word where word !~ '[0-9]' and resembles(?, word)
  order by resemblance(?, word) desc, abs(length(word) - length(?)), word limit ${MAX_ALIKE}
) as alike)`;

/** A word as the index knows it. */
interface ReadWord {
  readonly typed: string;
  readonly own: readonly string[];
  readonly stem: readonly string[];
  /** What is in the catalogue and begins so, of the last word only. */
  readonly endings: readonly string[];
}

async function readWords(work: CommerceWork, words: readonly string[]): Promise<ReadWord[]> {
  const rows = await work.em.execute<Omit<ReadWord, 'typed'>[]>(READ, [words.length, JSON.stringify(words)]);
  return rows.map((row, index) => ({ ...row, typed: words[index]! }));
}

/** What fits a word, and whether an index is of use for it. */
function fitOf(
  { typed, own, endings }: ReadWord,
  isLast: boolean,
  exactly: readonly string[],
  weights = '',
): SqlPart & { readonly isIndexed: boolean } {
  const isIndexed = own.length === 1 && endings.length <= MAX_ENDINGS;
  if (isIndexed || !isLast) return { ...written([...exactly, ...endings], weights && `:${weights}`), isIndexed: true };
  const beginning = { sql: `to_tsquery('catalogue', ?)`, params: [`${typed}:*${weights}`] };
  if (exactly.length === 0) return { ...beginning, isIndexed };
  const { sql, params } = written(exactly, weights && `:${weights}`);
  return { sql: `(${beginning.sql} || ${sql})`, params: [...beginning.params, ...params], isIndexed };
}

function joined(words: readonly (SqlPart & { readonly isIndexed: boolean })[]): TextQuery {
  const indexed = words.filter((word) => word.isIndexed);
  // An index would have to collect all that begins so, again for each step. As it fits so much, it is met soon anyway.
  const met = words.filter((word) => !word.isIndexed).map((word) => fitting([word]));
  return {
    plain: fitting(words),
    indexed: allOf([
      ...(indexed.length > 0 ? [fitting(indexed)] : []),
      ...met.map(({ sql, params }) => ({ sql: `(${sql}) is true`, params })),
    ]),
  };
}

/** Any of these lexemes, exactly. */
function written(words: readonly string[], suffix = ''): SqlPart {
  const quoted = words.map((word) => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'${suffix}`);
  return { sql: '?::tsquery', params: [[...new Set(quoted)].join(' | ')] };
}

function fitting(queries: readonly SqlPart[]): SqlPart {
  const all = queries.map(({ sql }) => sql).join(' && ');
  return { sql: `e.search @@ (${all})`, params: queries.flatMap(({ params }) => params) };
}

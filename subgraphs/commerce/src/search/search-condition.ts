import { badUserInput, parseId } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { type AttributeFilter, type ProductFilter, ProductSort } from './product-search.inputs.ts';
import { alikeQuery, textQuery, wordsOf } from './search-text.ts';
import { allOf, anyOf, type SqlPart } from './sql-part.ts';

/** What a search looks for: a condition on `listed_product e`, and how well a row of it fits the text, if there is one. */
export interface SearchCondition {
  /** To look at a row that was found otherwise. */
  readonly plain: SqlPart;
  /** The same, as the index of words and marks knows it, but for `marks`; narrowed down for when a step holds much else. */
  readonly indexed: SqlPart;
  /** All of these marks besides. Apart, because an index is read fastest for one list of all that has to be there. */
  readonly marks: readonly SqlPart[];
  /** The same once more, for when little fits: free to be found by any index, and nothing in it that cannot be guessed. */
  readonly rare: SqlPart;
  /** What of it an order by price begins with in its index. */
  readonly priceScope: SqlPart;
  /** Of the row `m`, greater for what fits better. */
  readonly rank: SqlPart | undefined;
  /** Whether so little fits that all of it can be looked at. A guess: what is found does not depend on it. */
  readonly isRare: boolean;
}

/** A range of prices that is wider than this has too many steps to look for each. */
const WIDE = 64;

/** Up to so many all are looked at. */
const RARE = 3_000;

/** One part of a condition, in both ways to say it where they differ. */
interface Part {
  readonly plain: SqlPart;
  readonly indexed?: SqlPart;
  readonly mark?: SqlPart;
  /** Whether there is an index for it besides. */
  readonly isIndexed?: boolean;
  readonly isCategory?: boolean;
}

/** @param alike whether what is written like the text is wanted, instead of its words */
export async function searchCondition(
  work: CommerceWork,
  filter: ProductFilter,
  alike: boolean,
): Promise<SearchCondition> {
  const words = wordsOf(filter.text ?? '');
  const parts: Part[] = [...(await textParts(work, filter.text ?? '', words, alike)), ...otherParts(filter)];
  const { shopId, currency } = filter;
  const indexed = parts.flatMap((part) => part.indexed ?? []);
  const marks = parts.flatMap((part) => part.mark ?? []);
  return {
    plain: allOf(parts.map(({ plain }) => plain)),
    indexed: allOf([...indexed, ...roughParts(filter)]),
    marks,
    rare: allOf([
      ...indexed,
      ...parts.flatMap((part) => (part.isIndexed ? part.plain : [])),
      // A mark that is not read from the index is costly to make up.
      marked(parts.flatMap((part) => (part.isIndexed ? [] : (part.mark ?? [])))),
    ]),
    isRare: (await expectedRows(work, guessable(parts, words.length > 0))) <= RARE,
    priceScope: allOf([
      ...(shopId ? [where('e.shop_id = ?', parseId('Shop', shopId))] : []),
      ...(currency ? [where('e.currency = ?', currency)] : []),
    ]),
    rank: words.length > 0 ? rankOf(words) : undefined,
  };
}

/**
 * What says how much fits. The database takes it that one has nothing to do with the other, and headphones are in the
 * category of headphones: beside words, a category counts for nothing.
 */
function guessable(parts: readonly Part[], hasWords: boolean): SqlPart {
  const counting = parts.filter(({ isCategory }) => !(isCategory && hasWords));
  const marks = counting.flatMap((part) => part.mark ?? []);
  return allOf([...counting.flatMap((part) => part.indexed ?? []), marked(marks)]);
}

/** How many rows the database expects to fit: it has counted words and marks before, so it need not read any of them now. */
export async function expectedRows(work: CommerceWork, { sql, params }: SqlPart): Promise<number> {
  const statement = `explain (format json) select from listed_product e where ${sql}`;
  const [row] = await work.em.execute<{ 'QUERY PLAN': { Plan: { 'Plan Rows': number } }[] }[]>(statement, [...params]);
  return row!['QUERY PLAN'][0]!.Plan['Plan Rows'];
}

async function textParts(
  work: CommerceWork,
  text: string,
  words: readonly string[],
  alike: boolean,
): Promise<readonly Part[]> {
  if (!text.trim()) return [];
  if (words.length === 0) return [same(anyOf([]))];
  return [await (alike ? alikeQuery(work, words) : textQuery(work, words))];
}

/** By all that is written, whatever was found by it. */
function rankOf(words: readonly string[]): SqlPart {
  const asked = words.join(' ');
  const each = words.map(() => `(to_tsquery('catalogue', ?) || plainto_tsquery('english', ?))`);
  const params = words.flatMap((word, index) => [index === words.length - 1 ? `${word}:*` : word, word]);
  return {
    sql: `ts_rank(m.search, ${each.join(' && ')}) + resemblance(?, m.title)`,
    params: [...params, asked],
  };
}

function otherParts(filter: ProductFilter): Part[] {
  const { shopId, categoryId, currency, minPrice, maxPrice, brands, minRating, attributes } = filter;
  const shop = shopId && parseId('Shop', shopId);
  const category = categoryId && parseId('Category', categoryId);
  const parts: Part[] = (attributes ?? []).map(attributePart);
  if (shop) parts.push({ plain: where('e.shop_id = ?', shop), mark: mark(`shop ${shop}`), isIndexed: true });
  if (category)
    parts.push({
      plain: where('e.category_path @> array[?]::uuid[]', category),
      mark: mark(`in ${category}`),
      isCategory: true,
    });
  if (currency)
    parts.push({ plain: where('e.currency = ?', currency), mark: mark(`currency ${currency}`), isIndexed: true });
  if (brands?.length) {
    const plain = anyOf(brands.map((brand) => where('e.brand = ?', brand)));
    parts.push({ plain, ...anyMark(brands.map((brand) => mark(`brand ${brand}`))) });
  }
  if (isGiven(minPrice)) parts.push(same(where('e.lowest_price >= ?', minPrice)));
  if (isGiven(maxPrice)) parts.push(same(where('e.lowest_price <= ?', maxPrice)));
  if (isGiven(minRating)) parts.push(same(where('e.rating >= ?', minRating)));
  return parts;
}

/** What follows from a filter of ranges. The database cannot guess how much it narrows down, so nothing is guessed by it. */
function roughParts({ minPrice, maxPrice, minRating }: ProductFilter): SqlPart[] {
  const parts: SqlPart[] = [];
  const anyOfSteps = (steps: string, ...params: readonly unknown[]) =>
    parts.push(where(`e.marks && array(select ${steps} as step)`, ...params));
  if (isGiven(minPrice) && isGiven(maxPrice) && maxPrice <= minPrice * WIDE) {
    anyOfSteps(`'price ' || step from generate_series(price_step(?), price_step(?))`, minPrice, maxPrice);
  }
  if (isGiven(minRating)) {
    anyOfSteps(`'rated ' || step from generate_series(?::integer, 10)`, Math.floor(minRating * 2));
  }
  return parts;
}

function attributePart({ name, values }: AttributeFilter): Part {
  return {
    plain: anyOf(values.map((value) => where('e.attributes @> ?::jsonb', JSON.stringify({ [name]: value })))),
    ...anyMark(values.map((value) => ({ sql: 'attribute_mark(?, ?)', params: [name, value] }))),
  };
}

/** The database marks products in `marks_of`. */
function anyMark(marks: readonly SqlPart[]): Pick<Part, 'indexed' | 'mark'> {
  return marks.length === 1
    ? { mark: marks[0]! }
    : { indexed: where(`e.marks && ${list(marks).sql}`, ...list(marks).params) };
}

/** That a row has all of these marks. */
export function marked(marks: readonly SqlPart[]): SqlPart {
  if (marks.length === 0) return allOf([]);
  const { sql, params } = list(marks);
  return { sql: `e.marks @> ${sql}`, params };
}

function list(marks: readonly SqlPart[]): SqlPart {
  return {
    sql: `array[${marks.map(({ sql }) => sql).join(', ')}]::text[]`,
    params: marks.flatMap(({ params }) => params),
  };
}

const mark = (text: string): SqlPart => ({ sql: '?', params: [text] });

const where = (sql: string, ...params: readonly unknown[]): SqlPart => ({ sql, params });

const same = (part: SqlPart): Part => ({ plain: part, indexed: part });

/** @throws `BAD_USER_INPUT` for prices that would be compared across currencies */
export function checkPrices({ currency, shopId, minPrice, maxPrice }: ProductFilter, sort: ProductSort): void {
  const comparesPrices =
    isGiven(minPrice) || isGiven(maxPrice) || sort === ProductSort.PRICE_ASC || sort === ProductSort.PRICE_DESC;
  if (comparesPrices && !currency && !shopId) {
    throw badUserInput([
      { path: 'filter.currency', message: 'Prices can be compared in one currency only: give it, or a shop.' },
    ]);
  }
}

function isGiven(value: number | null | undefined): value is number {
  return value !== null && value !== undefined;
}

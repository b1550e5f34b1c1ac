import { badUserInput, parseId } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { type AttributeFilter, type ProductFilter, ProductSort } from './product-search.inputs.ts';
import { alikeQuery, type TextQuery, textQuery, wordsOf } from './search-text.ts';
import { allOf, anyOf, type SqlPart } from './sql-part.ts';

/** What a search looks for: a condition on `listed_product e`, and how well a row of it fits the text, if there is one. */
export interface SearchCondition {
  /** To look at a row that was found otherwise. */
  readonly plain: SqlPart;
  /** The same, as the index of words and marks knows it. */
  readonly indexed: SqlPart;
  /** What of it an order by price begins with in its index. */
  readonly priceScope: SqlPart;
  /** Of the row `m`, greater for what fits better. */
  readonly rank: SqlPart | undefined;
}

/** One part of a condition, in both ways to say it where they differ. */
interface Part {
  readonly plain: SqlPart;
  readonly indexed: SqlPart;
}

/** @param alike whether what is written like the text is wanted, instead of its words */
export async function searchCondition(
  work: CommerceWork,
  filter: ProductFilter,
  alike: boolean,
): Promise<SearchCondition> {
  const words = wordsOf(filter.text ?? '');
  const parts = [...(await textParts(work, filter.text ?? '', words, alike)), ...otherParts(filter)];
  const { shopId, currency } = filter;
  return {
    plain: allOf(parts.map(({ plain }) => plain)),
    indexed: allOf(parts.map(({ indexed }) => indexed)),
    priceScope: allOf([
      ...(shopId ? [where('e.shop_id = ?', parseId('Shop', shopId))] : []),
      ...(currency ? [where('e.currency = ?', currency)] : []),
    ]),
    rank: words.length > 0 ? rankOf(words) : undefined,
  };
}

async function textParts(
  work: CommerceWork,
  text: string,
  words: readonly string[],
  alike: boolean,
): Promise<readonly TextQuery[]> {
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
  const marked = (plain: SqlPart, ...marks: string[]) => parts.push({ plain, indexed: anyMark(marks.map(mark)) });
  if (shop) marked(where('e.shop_id = ?', shop), `shop ${shop}`);
  if (category) marked(where('e.category_path @> array[?]::uuid[]', category), `in ${category}`);
  if (currency) marked(where('e.currency = ?', currency), `currency ${currency}`);
  if (brands?.length) {
    marked(anyOf(brands.map((brand) => where('e.brand = ?', brand))), ...brands.map((brand) => `brand ${brand}`));
  }
  if (isGiven(minPrice)) parts.push(same(where('e.lowest_price >= ?', minPrice)));
  if (isGiven(maxPrice)) parts.push(same(where('e.lowest_price <= ?', maxPrice)));
  if (isGiven(minRating)) parts.push(same(where('e.rating >= ?', minRating)));
  return parts;
}

function attributePart({ name, values }: AttributeFilter): Part {
  return {
    plain: anyOf(values.map((value) => where('e.attributes @> ?::jsonb', JSON.stringify({ [name]: value })))),
    indexed: anyMark(values.map((value) => ({ sql: 'attribute_mark(?, ?)', params: [name, value] }))),
  };
}

/** The database marks products in `marks_of`. */
function anyMark(marks: readonly SqlPart[]): SqlPart {
  return {
    sql: `e.marks && array[${marks.map(({ sql }) => sql).join(', ')}]::text[]`,
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

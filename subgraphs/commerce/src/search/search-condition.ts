import { badUserInput, parseId } from '@supergraph/subgraph-kit';
import { type ProductFilter, ProductSort } from './product-search.inputs.ts';
import { textQuery, wordsOf } from './search-text.ts';
import { allOf, anyOf, type SqlPart } from './sql-part.ts';

/** What a search looks for: a condition on `listed_product e`, and how well a row of it fits the text, if there is one. */
export interface SearchCondition extends SqlPart {
  /** Of the row `m`, greater for what fits better. */
  readonly rank: SqlPart | undefined;
}

/** @param alike whether titles that are written like the text are wanted, instead of its words */
export function searchCondition(filter: ProductFilter, alike: boolean): SearchCondition {
  const text = textCondition(filter.text?.trim() ?? '', alike);
  const { sql, params } = allOf([...(text ? [text] : []), ...otherConditions(filter)]);
  return { sql, params, rank: text?.rank };
}

function textCondition(text: string, alike: boolean): SearchCondition | undefined {
  if (!text) return undefined;
  const words = wordsOf(text);
  if (words.length === 0) return { sql: 'false', params: [], rank: undefined };
  const asked = words.join(' ');
  const resemblance = { sql: 'resemblance(?, m.title)', params: [asked] };
  if (alike) return { sql: 'resembles(?, e.title)', params: [asked], rank: resemblance };
  const query = textQuery(words);
  const rank = {
    sql: `ts_rank(m.search, ${query.sql}) + ${resemblance.sql}`,
    params: [...query.params, ...resemblance.params],
  };
  return { sql: `e.search @@ ${query.sql}`, params: query.params, rank };
}

function otherConditions(filter: ProductFilter): SqlPart[] {
  const { shopId, categoryId, currency, minPrice, maxPrice, brands, minRating, attributes } = filter;
  const parts: SqlPart[] = [];
  const where = (sql: string, ...params: readonly unknown[]) => parts.push({ sql, params });
  if (shopId) where('e.shop_id = ?', parseId('Shop', shopId));
  if (categoryId) where('e.category_path @> array[?]::uuid[]', parseId('Category', categoryId));
  if (currency) where('e.currency = ?', currency);
  if (isGiven(minPrice)) where('e.lowest_price >= ?', minPrice);
  if (isGiven(maxPrice)) where('e.lowest_price <= ?', maxPrice);
  if (brands?.length) where(`e.brand in (${brands.map(() => '?').join(', ')})`, ...brands);
  if (isGiven(minRating)) where('e.rating >= ?', minRating);
  for (const { name, values } of attributes ?? []) {
    parts.push(
      anyOf(values.map((value) => ({ sql: 'e.attributes @> ?::jsonb', params: [JSON.stringify({ [name]: value })] }))),
    );
  }
  return parts;
}

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

import { Money } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import type { AttributeCounts, PriceCount, ProductFacets } from './product-search.types.ts';
import type { SearchCondition } from './search-condition.ts';
import { BEST_SELLING } from './search-order.ts';
import { firstRows } from './first-rows.ts';

/** No search is worth looking at more. */
const MAX_COUNTED = 1_000;
const MAX_ATTRIBUTES = 10;
const MAX_VALUES = 10;

const COUNTED = 'e.category_path, e.brand, e.currency, e.lowest_price, e.attributes';

/** All in one statement, which finds the products once. */
const FACETS = (found: string) => `
with found as materialized (
  ${found}
), prices as (select min(lowest_price) as lowest, max(lowest_price) as highest from found)
select 'ALL' as facet, null::text as name, null::text as value, count(*)::int as count, null::bigint as lowest, null::bigint as highest from found
union all (
  select 'CATEGORY', null, id::text, count(*)::int, null, null from found, unnest(category_path) as id
  group by id order by count(*) desc, id limit 50
) union all (
  select 'BRAND', null, brand, count(*)::int, null, null from found where brand is not null
  group by brand order by count(*) desc, brand limit 50
) union all (
  select 'PRICE', null, min(currency), count(*)::int, min(lowest_price), max(lowest_price) from found, prices
  group by width_bucket(lowest_price::numeric, lowest, highest + 1, 5)
  order by width_bucket(lowest_price::numeric, lowest, highest + 1, 5)
) union all (
  select 'ATTRIBUTE', key, value, count(*)::int, null, null from found, jsonb_each_text(attributes)
  group by key, value order by count(*) desc, key, value limit 500
)`;

interface Row {
  readonly facet: 'ALL' | 'CATEGORY' | 'BRAND' | 'PRICE' | 'ATTRIBUTE';
  readonly name: string | null;
  readonly value: string;
  readonly count: number;
  readonly lowest: string | null;
  readonly highest: string | null;
}

/** @param oneCurrency whether all that is found costs the same currency, so that prices can be compared */
export async function countFacets(
  work: CommerceWork,
  condition: SearchCondition,
  oneCurrency: boolean,
): Promise<ProductFacets> {
  const { sql, params } = firstRows(condition, { order: BEST_SELLING, columns: COUNTED, limit: MAX_COUNTED });
  const rows = await work.em.execute<Row[]>(FACETS(sql), [...params]);
  const facets = Map.groupBy(rows, ({ facet }) => facet);
  const of = (facet: Row['facet']) => facets.get(facet) ?? [];
  return {
    isComplete: of('ALL')[0]!.count < MAX_COUNTED,
    categories: of('CATEGORY').map(({ value, count }) => ({ categoryId: value, count })),
    brands: of('BRAND').map(({ value, count }) => ({ value, count })),
    prices: oneCurrency ? of('PRICE').map(priceCount) : [],
    attributes: attributeCounts(of('ATTRIBUTE')),
  };
}

function priceCount({ value, count, lowest, highest }: Row): PriceCount {
  return { count, lowest: new Money(Number(lowest), value), highest: new Money(Number(highest), value) };
}

function attributeCounts(rows: readonly Row[]): AttributeCounts[] {
  return [...Map.groupBy(rows, ({ name }) => name!)].slice(0, MAX_ATTRIBUTES).map(([name, values]) => ({
    name,
    values: values.slice(0, MAX_VALUES).map(({ value, count }) => ({ value, count })),
  }));
}

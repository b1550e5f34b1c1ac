import { Money } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import type { AttributeCounts, PriceCount, ProductFacets } from './product-search.types.ts';

const MAX_ATTRIBUTES = 10;
const MAX_VALUES = 10;

/** All in one statement, which reads the products once. */
const FACETS = `
with found as materialized (
  select e.category_path, e.brand, e.currency, e.lowest_price, e.attributes from listed_product e
  where e.id = any(?::uuid[])
), prices as (select min(lowest_price) as lowest, max(lowest_price) as highest from found)
(
  select 'CATEGORY' as facet, null::text as name, id::text as value, count(*)::int as count, null::bigint as lowest,
    null::bigint as highest from found, unnest(category_path) as id
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
  readonly facet: 'CATEGORY' | 'BRAND' | 'PRICE' | 'ATTRIBUTE';
  readonly name: string | null;
  readonly value: string;
  readonly count: number;
  readonly lowest: string | null;
  readonly highest: string | null;
}

interface Counting {
  /** Whether all that is found costs the same currency, so that prices can be compared. */
  readonly oneCurrency: boolean;
  readonly isComplete: boolean;
}

/** By what these products differ. */
export async function countFacets(
  work: CommerceWork,
  ids: readonly string[],
  { oneCurrency, isComplete }: Counting,
): Promise<ProductFacets> {
  const rows = await work.em.execute<Row[]>(FACETS, [`{${ids.join(',')}}`]);
  const facets = Map.groupBy(rows, ({ facet }) => facet);
  const of = (facet: Row['facet']) => facets.get(facet) ?? [];
  return {
    isComplete,
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

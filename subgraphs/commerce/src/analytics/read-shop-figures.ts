import type { EntityManager } from '@mikro-orm/postgresql';
import { Money } from '@supergraph/subgraph-kit';
import type { BestSeller, CustomerCounts } from './analytics.types.ts';
import { ASKED, askedOf, type SalesRange, within } from './read-sales.ts';

const BEST = `
select shop_id, product_id, (select title from product where id = product_id) as title, currency, units, ordered from (
  select part.shop_id, item.product_id, part.currency, sum(item.quantity) as units, sum(item.total) as ordered,
    row_number() over (partition by part.shop_id order by sum(item.quantity) desc, item.product_id) as place
  from ${ASKED} cross join shop_order part join order_item item on item.shop_order_id = part.id
  where part.shop_id = any(?::uuid[]) and ${within('part.placed_at')}
  group by part.shop_id, item.product_id, part.currency
) ranked where place <= 10 order by shop_id, place`;

/** What sold best, for whoever may see it: at most ten of each shop. */
export async function readBestSellers(
  em: EntityManager,
  shopIds: readonly string[],
  range: SalesRange,
): Promise<Map<string, BestSeller[]>> {
  type Row = Readonly<Record<'shop_id' | 'product_id' | 'title' | 'currency' | 'units' | 'ordered', string>>;
  const rows = await em.execute<Row[]>(BEST, [...askedOf(range), `{${shopIds.join(',')}}`]);
  const byShop = Map.groupBy(rows, (row) => row.shop_id);
  return new Map(
    [...byShop].map(([shopId, own]) => [
      shopId,
      own.map(({ product_id: productId, title, currency, units, ordered }) => ({
        ...{ productId, title, units: Number(units) },
        ordered: new Money(Number(ordered), currency),
      })),
    ]),
  );
}

// Whoever has an account is known by it, a guest by the address.
const CUSTOMERS = `
with buyer as (
  select part.shop_id, part.user_id, whole.guest_email, min(part.placed_at) as since
  from ${ASKED} cross join shop_order part join customer_order whole on whole.id = part.order_id
  where part.shop_id = any(?::uuid[]) and ${within('part.placed_at')}
  group by 1, 2, 3
), known as (
  select shop_id, case when user_id is not null then exists (
      select from shop_order earlier where earlier.shop_id = buyer.shop_id and earlier.user_id = buyer.user_id
        and earlier.placed_at < buyer.since)
    else exists (
      select from customer_order whole join shop_order earlier on earlier.order_id = whole.id
      where whole.guest_email = buyer.guest_email and earlier.shop_id = buyer.shop_id
        and earlier.placed_at < buyer.since)
    end as is_known
  from buyer
)
select shop_id, (count(*) filter (where not is_known))::int as "firstTime",
  (count(*) filter (where is_known))::int as returning
from known group by shop_id`;

/** Who bought, for whoever may see it. */
export function readCustomers(em: EntityManager, shopIds: readonly string[], range: SalesRange) {
  return countsOf<CustomerCounts>(em, CUSTOMERS, shopIds, range);
}

// What was put into a cart that became a part of another counts there.
const CARTS = `
select item.shop_id, count(distinct cart.id)::int as carts,
  (count(distinct cart.id) filter (where cart.state = 'ORDERED'))::int as ordered
from ${ASKED} cross join cart_item item join cart on cart.id = item.cart_id
where item.shop_id = any(?::uuid[]) and cart.state <> 'MERGED' and ${within('item.added_at')}
group by item.shop_id`;

/** What became of carts, for whoever may see it. */
export function readCarts(em: EntityManager, shopIds: readonly string[], range: SalesRange) {
  return countsOf<{ readonly carts: number; readonly ordered: number }>(em, CARTS, shopIds, range);
}

async function countsOf<Counts extends object>(
  em: EntityManager,
  sql: string,
  shopIds: readonly string[],
  range: SalesRange,
): Promise<Map<string, Counts>> {
  const rows = await em.execute<(Counts & { shop_id: string })[]>(sql, [...askedOf(range), `{${shopIds.join(',')}}`]);
  return new Map(rows.map((row) => [row.shop_id, row]));
}

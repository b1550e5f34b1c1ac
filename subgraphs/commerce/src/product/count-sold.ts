import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import type { CommerceEvents } from '../events.ts';

/** Locked in the order of their ids, as by everybody who changes many. Not through the ORM, which would count versions up. */
const COUNT = `
with sold as (
  select product_id, sum(quantity)::int as quantity
  from json_to_recordset(?::json) as item (product_id uuid, quantity int) group by product_id
), held as (select id from product where id in (select product_id from sold) order by id for no key update)
update product set sold_count = greatest(sold_count + sold.quantity, 0) from sold join held on held.id = sold.product_id
where product.id = held.id`;

/**
 * Counts what was bought, for those who sort by it. By the event and not in the checkout: there, whoever buys the same would
 * have to wait for everybody before them.
 */
export function countSold(
  work: CommerceWork,
  { data }: EventEnvelope<'order.placed', CommerceEvents['order.placed']>,
): Promise<void> {
  return count(work, data.shopOrders, 1);
}

/** What was cancelled was not sold. What comes back was. */
export function countCancelled(
  work: CommerceWork,
  { data }: EventEnvelope<'order.cancelled', CommerceEvents['order.cancelled']>,
): Promise<void> {
  return count(work, data.shopOrders, -1);
}

interface SoldPart {
  readonly items: readonly { readonly productId: string; readonly quantity: number }[];
}

async function count(work: CommerceWork, parts: readonly SoldPart[], sign: 1 | -1): Promise<void> {
  const items = parts.flatMap((part) => part.items);
  const sold = items.map(({ productId, quantity }) => ({ product_id: productId, quantity: sign * quantity }));
  await work.em.execute(COUNT, [JSON.stringify(sold)], 'run');
}

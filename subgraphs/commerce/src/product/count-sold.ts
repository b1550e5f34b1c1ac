import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import type { CommerceEvents } from '../events.ts';

/** Locked in the order of their ids, as by everybody who changes many. Not through the ORM, which would count versions up. */
const COUNT = `
with sold as (
  select product_id, sum(quantity)::int as quantity
  from json_to_recordset(?::json) as item (product_id uuid, quantity int) group by product_id
), held as (select id from product where id in (select product_id from sold) order by id for no key update)
update product set sold_count = sold_count + sold.quantity from sold join held on held.id = sold.product_id
where product.id = held.id`;

/**
 * Counts what was bought, for those who sort by it. By the event and not in the checkout: there, whoever buys the same would
 * have to wait for everybody before them.
 */
export async function countSold(
  work: CommerceWork,
  { data }: EventEnvelope<'order.placed', CommerceEvents['order.placed']>,
): Promise<void> {
  const items = data.shopOrders.flatMap((part) => part.items);
  const sold = items.map(({ productId, quantity }) => ({ product_id: productId, quantity }));
  await work.em.execute(COUNT, [JSON.stringify(sold)], 'run');
}

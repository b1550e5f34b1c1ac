import type { EntityManager } from '@mikro-orm/postgresql';
import { returnableUnits } from './returnable-units.ts';

const HISTORY = `
select parcel.order_item_id as id, true as came, parcel.quantity, fulfillment.delivered_at as at, part.return_days as days
from fulfillment_item parcel
join fulfillment on fulfillment.id = parcel.fulfillment_id
join shop_order part on part.id = fulfillment.shop_order_id
where parcel.order_item_id = any(?::uuid[]) and fulfillment.state = 'DELIVERED'
union all
select back.order_item_id, false,
  case when request.state = 'RECEIVED' then back.restocked + back.damaged else back.quantity end, request.created_at, 0
from return_item back
join return_request request on request.id = back.return_id
where back.order_item_id = any(?::uuid[]) and request.state in ('REQUESTED', 'APPROVED', 'RECEIVED')`;

interface Row {
  readonly id: string;
  /** To the buyer; what they asked to send back otherwise. */
  readonly came: boolean;
  readonly quantity: number;
  readonly at: Date | string;
  readonly days: number;
}

/** How many of items a return can be asked for now. As the system, for items that the caller was found to have. */
export async function readReturnable(
  em: EntityManager,
  itemIds: readonly string[],
  now: Date,
): Promise<Map<string, number>> {
  const ids = `{${itemIds.join()}}`;
  const rows = await em.execute<Row[]>(HISTORY, [ids, ids]);
  const byItem = Map.groupBy(
    rows.map((row) => ({ ...row, at: new Date(row.at) })),
    ({ id }) => id,
  );
  return new Map(
    [...byItem].map(([id, history]) => {
      const [deliveries, asked] = [history.filter(({ came }) => came), history.filter(({ came }) => !came)];
      return [id, returnableUnits(deliveries, asked, now)];
    }),
  );
}

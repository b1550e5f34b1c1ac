import { conflict, idempotent, notFound, parseId } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { chooseUnits } from '../order/choose-units.ts';
import { findOrder } from '../order/find-order.ts';
import { OrderState } from '../order/order-state.ts';
import { announceOrder } from '../order/order.live.ts';
import { ShopOrder } from '../order/shop-order.entity.ts';
import { partOf, takeOrder } from '../order/take-order.ts';
import { publishReturn } from './publish-return.ts';
import { ReturnItem } from './return-item.entity.ts';
import { ReturnRequest } from './return-request.entity.ts';
import { ReturnState } from './return-state.ts';
import type { RequestReturnInput } from './return.inputs.ts';
import { readReturnable } from './read-returnable.ts';

/** More than anybody asks for, those that came to nothing included: what is read with an order has an end. */
const MAX_RETURNS = 50;

/**
 * A buyer, or a guest with the token, asks to send something back that was delivered, while there is time for it.
 *
 * @throws `CONFLICT` for more than was delivered, or whose time is over, or that another return is about;
 *   `IDEMPOTENCY_CONFLICT`
 */
export async function requestReturn(work: CommerceWork, input: RequestReturnInput): Promise<ReturnRequest> {
  const { idempotencyKey: key, token, ...rest } = input;
  const id = parseId('ShopOrder', input.shopOrderId);
  const part = await asSystem(work, () => work.em.findOne(ShopOrder, { id }));
  const order = part && (await findOrder(work, { id: part.orderId, token }));
  if (!order) throw notFound('ShopOrder');
  const owner = order.userId ? undefined : `guest ${order.tokenHash}`;
  return asSystem(work, async () => {
    const returnId = await idempotent(work, { operation: 'requestReturn', key, input: rest, owner }, () =>
      request(work, order.id, id, input),
    );
    return work.em.findOneOrFail(ReturnRequest, { id: returnId });
  });
}

async function request(
  work: CommerceWork,
  orderId: string,
  shopOrderId: string,
  { items: named, reason, note }: RequestReturnInput,
): Promise<string> {
  const taken = await takeOrder(work, orderId);
  taken.order.requirePlaced(OrderState.PARTIALLY_RETURNED);
  const { part, items } = partOf(taken, shopOrderId);
  const now = work.now();
  const returnable = await readReturnable(
    work.em,
    items.map((item) => item.id),
    now,
  );
  const units = chooseUnits(items, named, (item) => returnable.get(item.id) ?? 0, 'sent back');
  if ((await work.em.count(ReturnRequest, { shopOrderId })) >= MAX_RETURNS) {
    throw conflict(`No more than ${MAX_RETURNS} returns can be asked for.`);
  }
  const { organizationId, shopId, currency, userId = null } = part;
  const created = work.em.create(ReturnRequest, {
    ...{ id: work.newId(), orderId, shopOrderId, shopId, organizationId, userId, currency },
    ...{ state: ReturnState.REQUESTED, reason, note: note?.trim() ?? null },
    ...{ createdAt: now, updatedAt: now },
  });
  // In the order of their foreign keys, of which the ORM does not know.
  await work.em.flush();
  for (const { item, quantity } of units) {
    item.returnOpen += quantity;
    const whose = { returnId: created.id, orderItemId: item.id, organizationId, userId };
    work.em.create(ReturnItem, { id: work.newId(), ...whose, quantity });
  }
  announceOrder(work, taken.order, [part]);
  await publishReturn(work, 'return.requested', taken, created, units);
  return created.id;
}

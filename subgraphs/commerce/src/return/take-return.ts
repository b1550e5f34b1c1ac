import { notFound, parseId, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import type { ChosenUnits } from '../order/choose-units.ts';
import type { OrderItem } from '../order/order-item.entity.ts';
import type { ShopOrder } from '../order/shop-order.entity.ts';
import { partOf, takeOrder, type TakenOrder } from '../order/take-order.ts';
import { mayChangeShop, mayWriteCommerce } from '../shop/shop.policy.ts';
import { ReturnItem } from './return-item.entity.ts';
import { ReturnRequest } from './return-request.entity.ts';

/** A return with what is in it, and the order it is of, which is locked. */
export interface TakenReturn {
  readonly taken: TakenOrder;
  readonly part: ShopOrder;
  readonly request: ReturnRequest;
  readonly lines: readonly ReturnLine[];
}

export interface ReturnLine extends ChosenUnits {
  readonly line: ReturnItem;
  readonly item: OrderItem;
}

/** A return to a shop of the caller's. Another's is `NOT_FOUND`. */
export async function findOwnReturn(work: CommerceWork, id: string): Promise<ReturnRequest> {
  permit(work.session, mayWriteCommerce(work.session));
  const request = await work.em.findOne(ReturnRequest, { id: parseId('Return', id) });
  if (!request || !mayChangeShop(work.session, request)) throw notFound('Return');
  return request;
}

/** Locks the order of a return, and reads both after that. As the system. */
export async function takeReturn(work: CommerceWork, { id, orderId }: ReturnRequest): Promise<TakenReturn> {
  const taken = await takeOrder(work, orderId);
  const request = await work.em.findOneOrFail(ReturnRequest, { id }, { refresh: true });
  const inside = await work.em.find(ReturnItem, { returnId: id }, { refresh: true, orderBy: { orderItemId: 'asc' } });
  const byId = new Map(taken.items.map((item) => [item.id, item]));
  const lines = inside.map((line) => ({ line, item: byId.get(line.orderItemId)!, quantity: line.quantity }));
  return { taken, part: partOf(taken, request.shopOrderId).part, request, lines };
}

/** It is over: what it was about is no longer kept from another return. */
export function letGoOfUnits(lines: readonly ReturnLine[]): void {
  for (const { item, quantity } of lines) item.returnOpen -= quantity;
}

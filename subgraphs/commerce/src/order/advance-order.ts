import type { CommerceWork } from '../context.ts';
import { noteStep } from './note-step.ts';
import { stateOfItems, stateOfParts } from './order-progress.ts';
import { announceOrder } from './order.live.ts';
import type { ShopOrder } from './shop-order.entity.ts';
import type { TakenOrder } from './take-order.ts';

/**
 * Says how far an order and these parts of it have come, after something became of what is in them: notes the step and tells
 * open clients. Every part takes a step, also one after which it is still as far as before.
 */
export function advanceOrder(
  work: CommerceWork,
  { order, parts, items }: TakenOrder,
  touched: readonly ShopOrder[],
  reason?: string,
): void {
  const now = work.now();
  for (const part of touched) {
    part.become(stateOfItems(items.filter(({ shopOrderId }) => shopOrderId === part.id)), now);
    noteStep(work, order, part, reason);
  }
  const state = stateOfParts(parts.map((part) => part.state));
  if (state !== order.state) {
    order.become(state, reason, now);
    noteStep(work, order, undefined, reason);
  }
  announceOrder(work, order, touched);
}

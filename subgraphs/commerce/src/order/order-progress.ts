import { OrderState } from './order-state.ts';

/** What became of the units of something that was bought. */
export interface Units {
  readonly quantity: number;
  readonly cancelled: number;
  readonly fulfilled: number;
  readonly delivered: number;
  readonly returned: number;
}

/**
 * How far what one shop sells has come, once it was placed. What was cancelled does not count, but where all of it was. Of the
 * rest the state says how far all of it has come: something that is still to be sent is never hidden by a return.
 *
 * It only goes forward, unless what was sent is undone.
 */
export function stateOfItems(items: readonly Units[]): OrderState {
  const sum = (count: (item: Units) => number) => items.reduce((total, item) => total + count(item), 0);
  const wanted = sum((item) => item.quantity - item.cancelled);
  const [sent, arrived, returned] = [
    sum((item) => item.fulfilled),
    sum((item) => item.delivered),
    sum((item) => item.returned),
  ];
  if (wanted === 0) return OrderState.CANCELLED;
  if (sent === 0) return OrderState.PLACED;
  if (sent < wanted) return OrderState.PARTIALLY_FULFILLED;
  if (arrived < wanted) return OrderState.FULFILLED;
  if (returned === 0) return OrderState.DELIVERED;
  return returned < wanted ? OrderState.PARTIALLY_RETURNED : OrderState.RETURNED;
}

/** Likewise of an order by what its shops sell: as if all of it were of one shop. */
export function stateOfParts(parts: readonly OrderState[]): OrderState {
  const wanted = parts.filter((state) => state !== OrderState.CANCELLED);
  const [first] = wanted;
  if (!first) return OrderState.CANCELLED;
  if (wanted.every((state) => state === first)) return first;
  const some = (...states: readonly OrderState[]) => wanted.some((state) => states.includes(state));
  if (some(OrderState.PLACED, OrderState.PARTIALLY_FULFILLED)) return OrderState.PARTIALLY_FULFILLED;
  return some(OrderState.FULFILLED) ? OrderState.FULFILLED : OrderState.PARTIALLY_RETURNED;
}

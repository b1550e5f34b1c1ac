import { badUserInput, conflict, notFound } from '@supergraph/subgraph-kit';
import type { OrderItem } from './order-item.entity.ts';
import type { OrderUnitsInput } from './order.inputs.ts';

/** So many of something that was bought. */
export interface ChosenUnits {
  readonly item: OrderItem;
  readonly quantity: number;
}

/**
 * Those units of these items that somebody names, or all there are of each.
 *
 * @param left how many there are of an item
 * @param done what can be done to them, such as `sent`
 * @throws `CONFLICT` when there are not that many, or none at all; `NOT_FOUND` for an item that is not among them
 */
export function chooseUnits(
  items: readonly OrderItem[],
  named: readonly OrderUnitsInput[] | null | undefined,
  left: (item: OrderItem) => number,
  done: string,
): ChosenUnits[] {
  const chosen = named ? look(items, named) : items.map((item) => ({ item, quantity: left(item) }));
  for (const { item, quantity } of chosen) {
    if (quantity > left(item)) throw conflict(`Only ${left(item)} of ${item.title} can still be ${done}.`);
  }
  const some = chosen.filter(({ quantity }) => quantity > 0);
  if (some.length === 0) throw conflict(`Nothing of it can be ${done} any more.`);
  return some;
}

function look(items: readonly OrderItem[], named: readonly OrderUnitsInput[]): ChosenUnits[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  const chosen = named.map(({ orderItemId, quantity }) => {
    const item = byId.get(orderItemId.toLowerCase());
    if (!item) throw notFound('OrderItem');
    return { item, quantity };
  });
  if (new Set(chosen.map(({ item }) => item)).size < chosen.length) {
    throw badUserInput([{ path: 'input.items', message: 'Name each item once.' }]);
  }
  return chosen;
}

/** How events name them. */
export function namedUnits(units: readonly ChosenUnits[]) {
  return units.map(({ item: { productId, variantId, title }, quantity }) => ({
    productId,
    variantId,
    title,
    quantity,
  }));
}

import type { OrderedItem } from '../commerce.events.ts';

const MAX_ITEMS = 100;

/** What a message lists of what was ordered: who ordered more knows it, and a mail has an end. */
export function namesOf(items: readonly OrderedItem[]): OrderedItem[] {
  return items.slice(0, MAX_ITEMS).map(({ title, quantity }) => ({ title, quantity }));
}

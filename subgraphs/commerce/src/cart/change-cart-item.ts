import { notFound } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { CartEntry } from './cart-entry.entity.ts';
import type { Cart } from './cart.entity.ts';
import type { CartItemInput, RemoveFromCartInput } from './cart.inputs.ts';
import { type ChangedCart, withCart } from './take-cart.ts';

/** Makes it so many of something that is in the cart. */
export async function changeCartItem(
  work: CommerceWork,
  { variantId, quantity, token }: CartItemInput,
): Promise<ChangedCart> {
  return withCart(work, token, async (cart) => {
    (await requireEntry(work, cart, variantId)).quantity = quantity;
  });
}

/** Takes something out of the cart. What was last in it takes its currency along. */
export async function removeFromCart(
  work: CommerceWork,
  { variantId, token }: RemoveFromCartInput,
): Promise<ChangedCart> {
  return withCart(work, token, async (cart) => {
    work.em.remove(await requireEntry(work, cart, variantId));
    await work.em.flush();
    if ((await work.em.count(CartEntry, { cartId: cart.id })) === 0) cart.currency = null;
  });
}

async function requireEntry(work: CommerceWork, cart: Cart, variantId: string): Promise<CartEntry> {
  const entries = await work.em.find(CartEntry, { cartId: cart.id });
  const entry = entries.find((one) => one.variantId === variantId.toLowerCase());
  if (!entry) throw notFound('Item');
  return entry;
}

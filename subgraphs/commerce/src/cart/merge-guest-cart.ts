import { notFound } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { putIn } from './add-to-cart.ts';
import { CartEntry, MAX_QUANTITY } from './cart-entry.entity.ts';
import { CartState } from './cart.entity.ts';
import type { MergeGuestCartInput } from './cart.inputs.ts';
import { type ChangedCart, findGuestCart, withNewCart } from './take-cart.ts';

/**
 * Adds what somebody picked before they signed in to what they had picked before. What is in both is there as often as in
 * both together, up to what one may have. Of two currencies their own stays, and the guest's cart is left alone.
 *
 * @throws `NOT_FOUND` for a token whose cart is gone, for example because it was merged before
 */
export async function mergeGuestCart(work: CommerceWork, { token }: MergeGuestCartInput): Promise<ChangedCart> {
  work.session.requirePerson();
  return withNewCart(work, null, async (cart) => {
    const guest = await findGuestCart(work, token);
    if (!guest) throw notFound('Cart');
    if (guest.currency) cart.take(guest.currency);
    const own = await work.em.find(CartEntry, { cartId: cart.id });
    const oldestFirst = { orderBy: { addedAt: 'asc', id: 'asc' } } as const;
    for (const entry of await work.em.find(CartEntry, { cartId: guest.id }, oldestFirst)) {
      const room = MAX_QUANTITY - (own.find(({ variantId }) => variantId === entry.variantId)?.quantity ?? 0);
      const { variantId: id, shopId, agreedPrice: price } = entry;
      // At the price the guest agreed to: whether it still holds is found out when the cart is looked at.
      const variant = { id, shopId, price, currency: guest.currency! };
      if (room > 0) putIn(work, cart, own, variant, Math.min(entry.quantity, room));
    }
    guest.state = CartState.MERGED;
    guest.touch(work.now());
  });
}

import { loadOne } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import type { CommerceReader } from '../context.ts';
import { Cart, CartState } from './cart.entity.ts';
import { readOffers } from './cart.offers.ts';
import { readPromotions } from './cart.promotions.ts';
import type { CartSummary } from './cart.types.ts';
import { summarizeCart } from './summarize-cart.ts';

export function createCartLoaders({ em, session, clock }: CommerceReader) {
  const visible = loadOne(em, Cart);
  return {
    /** The rows' policy shows everybody their own, and nobody a guest's. */
    cartById: new DataLoader<string, Cart | null>(async (ids) => {
      const carts = await visible.loadMany([...ids]);
      return carts.map((cart) => (cart instanceof Cart && cart.userId && session.is(cart.userId) ? cart : null));
    }),
    cartOfUser: loadOne(em, Cart, { by: 'userId', where: { state: CartState.ACTIVE } }),
    /** Of carts that the caller was found to have. */
    cartSummary: new DataLoader<string, CartSummary>(async (ids) => {
      const offers = Map.groupBy(await readOffers(em, ids), ({ cartId }) => cartId);
      const promotions = await readPromotions(em, ids);
      return ids.map((id) => summarizeCart(offers.get(id) ?? [], promotions.get(id) ?? [], clock.now()));
    }),
  };
}

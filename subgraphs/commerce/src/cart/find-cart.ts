import { hashToken, Session, withRowScope } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { Cart, CartState } from './cart.entity.ts';

/** The caller's cart, or null: theirs when they are signed in, or else the one whose token they have. */
export async function findCart(work: CommerceWork, { token }: { token?: string | null }): Promise<Cart | null> {
  const { session } = work;
  if (session.userId && !session.isMachine) {
    return work.em.findOne(Cart, { userId: session.userId, state: CartState.ACTIVE });
  }
  if (!token) return null;
  const where = { tokenHash: hashToken(token), state: CartState.ACTIVE };
  return withRowScope(Session.system(), () => work.em.findOne(Cart, where));
}

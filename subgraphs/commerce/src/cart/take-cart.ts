import { LockMode } from '@mikro-orm/postgresql';
import { hashToken, notFound, randomToken } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { Cart, CartState } from './cart.entity.ts';

/** A cart that was changed, and the token of a guest's that was just made. */
export interface ChangedCart {
  readonly cart: Cart;
  readonly token: string | null;
}

const LOCKED = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;

/**
 * Runs a change of the caller's cart, alone and as the system: theirs when they are signed in, or else the one whose token
 * they have.
 *
 * @throws `NOT_FOUND` when there is none; a machine has none
 */
export function withCart(
  work: CommerceWork,
  token: string | null | undefined,
  change: (cart: Cart) => Promise<void>,
): Promise<ChangedCart> {
  return asSystem(work, async () => {
    const cart = await lockCart(work, token);
    if (!cart) throw notFound('Cart');
    await change(cart);
    cart.touch(work.now());
    return { cart, token: null };
  });
}

/** Likewise; where there is no cart yet, one is made. */
export function withNewCart(
  work: CommerceWork,
  token: string | null | undefined,
  change: (cart: Cart) => Promise<void>,
): Promise<ChangedCart> {
  return asSystem(work, async () => {
    const found = await lockCart(work, token);
    // A token that is no good any more, such as that of a cart which was ordered, is not given a cart again.
    if (!found && token && !ownerOf(work)) throw notFound('Cart');
    const { cart, token: newToken } = found ? { cart: found, token: null } : await makeCart(work);
    await change(cart);
    cart.touch(work.now());
    return { cart, token: newToken };
  });
}

/** The caller's cart, locked. Somebody who is signed in has their own, whatever token they also hold. */
export async function lockCart(work: CommerceWork, token: string | null | undefined): Promise<Cart | null> {
  const userId = ownerOf(work);
  if (userId) return work.em.findOne(Cart, { userId, state: CartState.ACTIVE }, LOCKED);
  return token ? findGuestCart(work, token) : null;
}

export function findGuestCart(work: CommerceWork, token: string): Promise<Cart | null> {
  return work.em.findOne(Cart, { tokenHash: hashToken(token), state: CartState.ACTIVE }, LOCKED);
}

const ownerOf = ({ session }: CommerceWork): string | undefined => (session.isMachine ? undefined : session.userId);

const MAKE = `insert into cart (id, user_id, state, created_at, updated_at) values (?, ?, 'ACTIVE', ?, ?)
  on conflict do nothing`;

async function makeCart(work: CommerceWork): Promise<{ cart: Cart; token: string | null }> {
  const userId = ownerOf(work);
  const now = work.now();
  if (userId) {
    // Two tabs that add their first item at once: the second waits here, and finds the first one's.
    await work.em.execute(MAKE, [work.newId(), userId, now, now], 'run');
    return { cart: await work.em.findOneOrFail(Cart, { userId, state: CartState.ACTIVE }, LOCKED), token: null };
  }
  const token = randomToken();
  const cart = work.em.create(Cart, {
    id: work.newId(),
    tokenHash: hashToken(token),
    state: CartState.ACTIVE,
    createdAt: now,
    updatedAt: now,
  });
  await work.em.flush();
  return { cart, token };
}

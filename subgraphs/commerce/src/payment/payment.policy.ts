import type { Session } from '@supergraph/subgraph-kit';
import { READ_COMMERCE } from '../shop/shop.policy.ts';

export const REFUND = 'commerce:refund';
/** Platform staff: see the payments of all shops, and whether the books agree with the providers. */
export const READ_BOOKS = 'commerce:books.read';

interface Concerned {
  readonly userId?: string | null;
  readonly organizationId: string;
}

/** Give money back, or have it paid out. Permissions count in the organization that a token was issued for only. */
export function mayMoveMoney(session: Session, of?: { readonly organizationId: string }): boolean {
  if (session.isSystem) return true;
  return session.can(REFUND) && (!of || session.organizationId === of.organizationId);
}

/** A machine is never staff. */
export function mayReadBooks(session: Session): boolean {
  return session.isSystem || (session.can(READ_BOOKS) && !session.isMachine);
}

/** The whole of a payment is its payer's to see. */
export function isPayer(session: Session, { userId }: Pick<Concerned, 'userId'>): boolean {
  return Boolean(userId) && session.is(userId!);
}

/** A part of a payment or refund is also its shop's. */
export function maySeePart(session: Session, part: Concerned): boolean {
  return isPayer(session, part) || maySeeAsShop(session, part);
}

/** Commission and tax are between a shop and the platform. */
export function maySeeAsShop(session: Session, { organizationId }: Pick<Concerned, 'organizationId'>): boolean {
  return mayReadBooks(session) || (session.organizationId === organizationId && session.can(READ_COMMERCE));
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { Recipient } from './recipient.entity.ts';

/** An event overtook the one that would have told of its user. */
export class RecipientNotKnownYet extends Error {
  override readonly name = 'RecipientNotKnownYet';
}

/** Makes the bus bring an event again later while its user was not heard of. */
export async function requireRecipient(em: EntityManager, userId: string): Promise<void> {
  const recipient = await em.findOne(Recipient, { userId });
  // Only a profile makes somebody reachable; the row may be there for another reason.
  if (recipient?.profileAsOf || recipient?.status === 'DELETED') return;
  throw new RecipientNotKnownYet(`Nothing is known of user ${userId} yet.`);
}

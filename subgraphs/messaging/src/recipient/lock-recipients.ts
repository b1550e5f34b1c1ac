import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Recipient } from './recipient.entity.ts';

/** Locks these people until the transaction ends, in the order of their ids, so that two batches cannot block each other. */
export function lockRecipients(em: EntityManager, userIds: readonly string[]): Promise<Recipient[]> {
  return em.find(
    Recipient,
    { userId: { $in: [...userIds] } },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { userId: 'asc' } },
  );
}

/** Locks one person, and makes the row if this is the first that is heard of them. */
export async function openRecipient(em: EntityManager, userId: string): Promise<Recipient> {
  await em.execute('insert into recipient (user_id) values (?) on conflict do nothing', [userId], 'run');
  return em.findOneOrFail(Recipient, { userId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

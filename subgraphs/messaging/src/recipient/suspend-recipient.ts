import type { IdentityEvents } from '@supergraph/identity/events';
import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { openRecipient } from './lock-recipients.ts';

type Suspended = EventEnvelope<'user.suspended', IdentityEvents['user.suspended']>;

/** From now on they get nothing; what is still queued is dropped when its turn comes. */
export async function suspendRecipient(work: MessagingWork, { data, occurredAt }: Suspended): Promise<void> {
  (await openRecipient(work.em, data.userId)).learnStatus('SUSPENDED', occurredAt);
}

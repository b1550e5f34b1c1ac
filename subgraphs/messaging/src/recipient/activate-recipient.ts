import type { IdentityEvents } from '@supergraph/identity/events';
import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { openRecipient } from './lock-recipients.ts';

type Activated = EventEnvelope<'user.activated', IdentityEvents['user.activated']>;

/** Ends a suspension. What was not sent meanwhile stays unsent. */
export async function activateRecipient(work: MessagingWork, { data, occurredAt }: Activated): Promise<void> {
  (await openRecipient(work.em, data.userId)).learnStatus('ACTIVE', occurredAt);
}

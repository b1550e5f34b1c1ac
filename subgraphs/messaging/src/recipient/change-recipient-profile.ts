import type { IdentityEvents } from '@supergraph/identity/events';
import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { openRecipient } from './lock-recipients.ts';

type ProfileChanged = EventEnvelope<'user.profile_changed', IdentityEvents['user.profile_changed']>;

/** Follows a user's name, address, language and time zone. */
export async function changeRecipientProfile(work: MessagingWork, { data, occurredAt }: ProfileChanged): Promise<void> {
  (await openRecipient(work.em, data.userId)).learnProfile(data, occurredAt);
}

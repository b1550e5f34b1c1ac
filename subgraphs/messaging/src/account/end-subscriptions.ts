import type { IdentityEvents } from '@supergraph/identity/events';
import { announceSessionEnd, type EventEnvelope } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';

type Revoked = EventEnvelope<'session.revoked', IdentityEvents['session.revoked']>;

/** Whoever was signed out, or shut out, hears nothing more. */
export async function endSubscriptions(work: MessagingWork, { data }: Revoked): Promise<void> {
  work.afterCommit(() => announceSessionEnd(work.live, data.sessionId));
}

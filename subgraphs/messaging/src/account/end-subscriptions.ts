import type { IdentityEvents } from '@supergraph/identity/events';
import { announceEnd, Authority, type EventEnvelope } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';

type Ended<Name extends keyof IdentityEvents> = EventEnvelope<Name, IdentityEvents[Name]>;

/** Whoever was signed out, or shut out, hears nothing more: each event with what has ended by it. */
const endedBy = {
  'session.revoked': ({ data }: Ended<'session.revoked'>) => Authority.session(data.sessionId),
  'api_key.revoked': ({ data }: Ended<'api_key.revoked'>) => Authority.apiKey(data.apiKeyId),
  'user.suspended': ({ data }: Ended<'user.suspended'>) => Authority.account(data.userId),
  'user.deleted': ({ data }: Ended<'user.deleted'>) => Authority.account(data.userId),
  'member.removed': ({ data }: Ended<'member.removed'>) => Authority.membership(data.organizationId, data.userId),
  'organization.deleted': ({ data }: Ended<'organization.deleted'>) => Authority.organization(data.organizationId),
};

/** Makes the handler that ends, everywhere, the subscriptions that rest on what an event has ended. */
export function endSubscriptions<Name extends keyof typeof endedBy>(name: Name) {
  const authorityOf = endedBy[name] as (event: Ended<Name>) => Authority;
  return async (work: MessagingWork, event: Ended<Name>): Promise<void> => {
    work.afterCommit(() => announceEnd(work.live, authorityOf(event), event.occurredAt));
  };
}

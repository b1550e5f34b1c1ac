import type { Session } from '../session/session.ts';
import type { Live } from './live.ts';

/** Something a caller's rights rest on, which can end before the access token does that tells of it. */
export type Authority = string;

export const Authority = {
  account: (userId: string): Authority => `account ${userId}`,
  session: (sessionId: string): Authority => `session ${sessionId}`,
  apiKey: (apiKeyId: string): Authority => `key ${apiKeyId}`,
  organization: (organizationId: string): Authority => `organization ${organizationId}`,
  membership: (organizationId: string, userId: string): Authority => `membership ${organizationId} ${userId}`,
} as const;

/** Everything the rights of a session rest on. Nothing for strangers, who have none, and for the system. */
export function authoritiesOf({ claims }: Session): readonly Authority[] {
  if (!claims) return [];
  const { sub, sid, key, org } = claims;
  return [
    Authority.account(sub),
    ...(sid ? [Authority.session(sid)] : []),
    ...(key ? [Authority.apiKey(key)] : []),
    ...(org ? [Authority.organization(org), Authority.membership(org, sub)] : []),
  ];
}

/** One channel for all: few end, and a channel for each would be one subscription at Redis for each client. */
export const AUTHORITY_END_CHANNEL = 'authority-end';

export interface AuthorityEnd {
  readonly authority: Authority;
  /** Milliseconds since 1970, by the clock that tokens are issued by. */
  readonly endedAt: number;
}

/**
 * Ends the subscriptions that rest on this, here and in every other process. Without it they would go on until the token
 * ends that they were begun with.
 *
 * @param endedAt tokens that were issued later are good again, as of somebody who was let in a second time
 */
export function announceEnd(live: Live, authority: Authority, endedAt: Date): Promise<void> {
  return live.publish(AUTHORITY_END_CHANNEL, { authority, endedAt: endedAt.getTime() } satisfies AuthorityEnd);
}

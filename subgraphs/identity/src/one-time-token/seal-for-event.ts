import type { IdentityWork } from '../context.ts';

/** What subgraphs agree on for tokens in events. */
export const EVENT_TOKEN_PURPOSE = 'event:token';

/** Seals a token for the subgraph that mails it: the event log is kept for ever, and read by many. */
export function sealForEvent({ services }: Pick<IdentityWork, 'services'>, token: string): string {
  return services.sealer.seal(token, EVENT_TOKEN_PURPOSE);
}

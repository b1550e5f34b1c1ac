import { randomUUID } from 'node:crypto';
import { startTestSubgraph, type TestSubgraphOptions } from '@supergraph/testkit';
import type { IdentityEvents } from '../../src/events.ts';
import { type IdentityEnvironment, identityEnvironment } from '../../src/environment.ts';
import { EVENT_TOKEN_PURPOSE } from '../../src/one-time-token/seal-for-event.ts';
import { identity } from '../../src/subgraph.ts';

export const PASSWORD = 'correct horse battery';

/** What identity reads from its environment beyond what every subgraph does, with nothing set but the cost of hashing. */
const { shape } = identityEnvironment;
const defaults = {
  PRODUCT_NAME: shape.PRODUCT_NAME.parse(undefined),
  SIGN_INS_PER_ADDRESS: shape.SIGN_INS_PER_ADDRESS.parse(undefined),
  REGISTRATIONS_PER_ADDRESS: shape.REGISTRATIONS_PER_ADDRESS.parse(undefined),
  MAIL_REQUESTS_PER_ADDRESS: shape.MAIL_REQUESTS_PER_ADDRESS.parse(undefined),
  MAIL_REQUESTS_PER_ACCOUNT: shape.MAIL_REQUESTS_PER_ACCOUNT.parse(undefined),
  // Less than anybody can set: hundreds of people sign in during these tests, and what they show is not how long it takes.
  PASSWORD_HASH_MEMORY_KIB: 64,
};

/** Identity on a database of its own, verifying the tokens it signs itself. */
export function startIdentity(options: TestSubgraphOptions<IdentityEnvironment> = {}) {
  return startTestSubgraph(identity, {
    ownKeys: true,
    ...options,
    environment: { ...defaults, ...options.environment },
  });
}

export type TestIdentity = Awaited<ReturnType<typeof startIdentity>>;

/** An address nobody else in the test has. */
export function newEmail(name = 'ada'): string {
  return `${name}.${randomUUID().slice(0, 8)}@example.com`;
}

/** The payloads of all events of a name so far, the latest last. */
export async function eventsOf<Name extends keyof IdentityEvents>(
  subgraph: TestIdentity,
  name: Name,
): Promise<IdentityEvents[Name][]> {
  return subgraph.running.runtime.asSystem(async ({ em }) => {
    const rows = await em.execute<{ data: IdentityEvents[Name] }[]>(
      'select data from bus.event where name = ? order by seq',
      [name],
    );
    return rows.map((row) => row.data);
  });
}

/** The token of the latest mail to an address, as messaging would put it into the link. */
export async function mailedToken(
  subgraph: TestIdentity,
  event: 'email_verification.requested' | 'password_reset.requested',
  email: string,
): Promise<string> {
  const mail = (await eventsOf(subgraph, event)).filter((data) => data.email === email).at(-1);
  if (!mail) throw new Error(`No ${event} for ${email}.`);
  return subgraph.running.runtime.services.sealer.unseal(mail.sealedToken, EVENT_TOKEN_PURPOSE);
}

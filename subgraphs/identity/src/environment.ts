import { parseEnvironment, subgraphEnvironment } from '@supergraph/subgraph-kit';
import { z } from 'zod';

const limit = (initial: number) => z.coerce.number().int().min(1).max(10_000).default(initial);

export const identityEnvironment = subgraphEnvironment.extend({
  /** What an authenticator app shows beside the codes. */
  PRODUCT_NAME: z.string().min(1).max(50).default('Supergraph'),
  /** Sign-in attempts from one address in a minute, whatever accounts they are for. An office shares one address. */
  SIGN_INS_PER_ADDRESS: limit(300),
  /** Registrations from one address in an hour. */
  REGISTRATIONS_PER_ADDRESS: limit(1_000),
  /** Mails asked for (verification, reset, change of address) from one address in an hour. */
  MAIL_REQUESTS_PER_ADDRESS: limit(300),
});

export type IdentityEnvironment = z.infer<typeof identityEnvironment>;

export function readEnvironment(source: NodeJS.ProcessEnv = process.env): IdentityEnvironment {
  return parseEnvironment(identityEnvironment, source);
}

import { parseEnvironment, subgraphEnvironment } from '@supergraph/subgraph-kit';
import { z } from 'zod';

/** With two passes, OWASP's first choice for Argon2id. */
const LEAST_HASH_MEMORY_KIB = 19_456;

const limit = (initial: number) => z.coerce.number().int().min(1).max(10_000).default(initial);

export const identityEnvironment = subgraphEnvironment.extend({
  /** What an authenticator app shows beside the codes. */
  PRODUCT_NAME: z.string().min(1).max(50).default('Supergraph'),
  /** Memory that hashing one password takes, in KiB. More makes guessing dearer, and every sign-in slower. */
  PASSWORD_HASH_MEMORY_KIB: z.coerce
    .number()
    .int()
    .min(LEAST_HASH_MEMORY_KIB)
    .max(1024 * 1024)
    .default(LEAST_HASH_MEMORY_KIB),
  /** Sign-in attempts from one address in a minute, whatever accounts they are for. An office shares one address. */
  SIGN_INS_PER_ADDRESS: limit(300),
  /** Registrations from one address in an hour. */
  REGISTRATIONS_PER_ADDRESS: limit(1_000),
  /** Mails asked for (verification, reset, change of address) from one address in an hour. */
  MAIL_REQUESTS_PER_ADDRESS: limit(300),
  /** Mails to one account in an hour, whoever asks for them. Each attempt to register counts, also one that is lost. */
  MAIL_REQUESTS_PER_ACCOUNT: limit(5),
});

export type IdentityEnvironment = z.infer<typeof identityEnvironment>;

export function readEnvironment(source: NodeJS.ProcessEnv = process.env): IdentityEnvironment {
  return parseEnvironment(identityEnvironment, source);
}

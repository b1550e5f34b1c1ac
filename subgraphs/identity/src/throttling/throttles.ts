import { type Kernel, type RateLimit, RateLimiter } from '@supergraph/subgraph-kit';
import type { IdentityEnvironment } from '../environment.ts';
import type { IdentityEvents } from '../events.ts';
import type { IdentityServices } from '../services.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** What guessing and flooding run into. Accounts are known by digests, addresses are those of the network. */
export interface Throttles {
  /** Wrong passwords and codes: right ones are given back. */
  readonly signInsPerAccount: RateLimiter;
  readonly signInsPerAddress: RateLimiter;
  readonly registrationsPerAddress: RateLimiter;
  readonly mailsPerAccount: RateLimiter;
  readonly mailsPerAddress: RateLimiter;
}

export function createThrottles(kernel: Kernel<IdentityEnvironment, IdentityServices, IdentityEvents>): Throttles {
  const { environment } = kernel;
  const limit = (name: string, attempts: number, seconds: number): RateLimiter =>
    new RateLimiter(kernel, { name, attempts, seconds } satisfies RateLimit);
  return {
    signInsPerAccount: limit('sign-in account', 5, MINUTE),
    signInsPerAddress: limit('sign-in address', environment.SIGN_INS_PER_ADDRESS, MINUTE),
    registrationsPerAddress: limit('registration address', environment.REGISTRATIONS_PER_ADDRESS, HOUR),
    mailsPerAccount: limit('mail account', environment.MAIL_REQUESTS_PER_ACCOUNT, HOUR),
    mailsPerAddress: limit('mail address', environment.MAIL_REQUESTS_PER_ADDRESS, HOUR),
  };
}

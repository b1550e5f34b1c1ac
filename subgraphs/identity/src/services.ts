import { type Kernel, Sealer } from '@supergraph/subgraph-kit';
import { PasswordHasher } from './credential/password.hasher.ts';
import type { IdentityEnvironment } from './environment.ts';
import type { IdentityEvents } from './events.ts';
import { SigningKeys } from './signing-key/signing-keys.ts';
import { createThrottles, type Throttles } from './throttling/throttles.ts';

/** What identity's use-cases work with, built once at start. */
export interface IdentityServices {
  readonly environment: IdentityEnvironment;
  readonly sealer: Sealer;
  readonly signingKeys: SigningKeys;
  readonly passwords: PasswordHasher;
  readonly throttles: Throttles;
}

export async function createServices(
  kernel: Kernel<IdentityEnvironment, IdentityServices, IdentityEvents>,
): Promise<IdentityServices> {
  const { environment, clock, log, asSystem } = kernel;
  const sealer = new Sealer(environment.SEALING_SECRETS);
  return {
    environment,
    sealer,
    signingKeys: await SigningKeys.open({ asSystem, sealer, clock, log }),
    passwords: await PasswordHasher.create(environment.PASSWORD_HASH_MEMORY_KIB),
    throttles: createThrottles(kernel),
  };
}

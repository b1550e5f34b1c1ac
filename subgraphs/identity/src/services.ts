import { type Kernel, Sealer } from '@supergraph/subgraph-kit';
import { PasswordHasher } from './credential/password.hasher.ts';
import type { IdentityEnvironment } from './environment.ts';
import type { IdentityEvents } from './events.ts';
import { SigningKeys } from './signing-key/signing-keys.ts';

/** What identity's use-cases work with, built once at start. */
export interface IdentityServices {
  readonly environment: IdentityEnvironment;
  readonly sealer: Sealer;
  readonly signingKeys: SigningKeys;
  readonly passwords: PasswordHasher;
}

export async function createServices({
  environment,
  clock,
  log,
  asSystem,
}: Kernel<IdentityEnvironment, IdentityServices, IdentityEvents>): Promise<IdentityServices> {
  const sealer = new Sealer(environment.SEALING_SECRETS);
  return {
    environment,
    sealer,
    signingKeys: await SigningKeys.open({ asSystem, sealer, clock, log }),
    passwords: await PasswordHasher.create(),
  };
}

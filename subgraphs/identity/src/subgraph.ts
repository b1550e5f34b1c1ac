import { fileURLToPath } from 'node:url';
import { defineSubgraph, job } from '@supergraph/subgraph-kit';
import { createLoaders, type IdentityContext } from './context.ts';
import type { IdentityEnvironment } from './environment.ts';
import { type IdentityEvents, identityEventVersions } from './events.ts';
import { Membership } from './membership/membership.entity.ts';
import { Organization } from './organization/organization.entity.ts';
import { createServices, type IdentityServices } from './services.ts';
import { jwksRoute } from './signing-key/jwks.route.ts';
import { rotateSigningKeys } from './signing-key/rotate-signing-keys.ts';
import { SigningKey } from './signing-key/signing-key.entity.ts';
import { useCases } from './use-cases.ts';
import { User } from './user/user.entity.ts';
import { UserResolver } from './user/user.resolver.ts';

/** People, who they are and what they may do. */
export const identity = defineSubgraph<
  IdentityEnvironment,
  IdentityServices,
  IdentityEvents,
  ReturnType<typeof createLoaders>,
  typeof useCases
>({
  name: 'identity',
  migrations: fileURLToPath(new URL('../migrations', import.meta.url)),
  entities: [User, Organization, Membership, SigningKey],
  resolvers: [UserResolver],
  references: {
    User: ({ loaders }: IdentityContext) => loaders.userById,
  },
  events: identityEventVersions,
  loaders: createLoaders,
  useCases,
  services: createServices,
  jobs: {
    'rotate-signing-keys': job(rotateSigningKeys, { schedule: { cron: '17 3 * * *' } }),
  },
  routes: { '/.well-known/jwks.json': jwksRoute },
  verificationKeys: ({ signingKeys }) => signingKeys,
});

import { fileURLToPath } from 'node:url';
import { defineSubgraph, job } from '@supergraph/subgraph-kit';
import { AdministrationResolver } from './administration/administration.resolver.ts';
import { Impersonation } from './administration/impersonation.entity.ts';
import { ImpersonationResolver } from './administration/impersonation.resolver.ts';
import { ApiKey } from './api-key/api-key.entity.ts';
import { ApiKeyResolver } from './api-key/api-key.resolver.ts';
import { AuthSession } from './auth-session/auth-session.entity.ts';
import { AuthSessionResolver } from './auth-session/auth-session.resolver.ts';
import { RefreshToken } from './auth-session/refresh-token.entity.ts';
import { createLoaders, type IdentityContext } from './context.ts';
import { CredentialResolver } from './credential/credential.resolver.ts';
import { PasswordCredential } from './credential/password-credential.entity.ts';
import { mailPasswordReset } from './credential/request-password-reset.ts';
import { mailEmailChange } from './email-verification/request-email-change.ts';
import { mailVerificationAgain } from './email-verification/resend-verification.ts';
import type { IdentityEnvironment } from './environment.ts';
import { type IdentityEvents, identityEventVersions } from './events.ts';
import { expireInvitations } from './invitation/expire-invitations.ts';
import { Invitation } from './invitation/invitation.entity.ts';
import { InvitationResolver } from './invitation/invitation.resolver.ts';
import { Membership } from './membership/membership.entity.ts';
import { MembershipResolver } from './membership/membership.resolver.ts';
import { OneTimeToken } from './one-time-token/one-time-token.entity.ts';
import { Organization } from './organization/organization.entity.ts';
import { OrganizationResolver } from './organization/organization.resolver.ts';
import { UserOrganizationsResolver } from './organization/user-organizations.resolver.ts';
import { endDueSubscriptions } from './plan/end-due-subscriptions.ts';
import { PlanSubscription } from './plan/plan-subscription.entity.ts';
import { Plan } from './plan/plan.entity.ts';
import { PlanResolver } from './plan/plan.resolver.ts';
import { forgetExpired } from './retention/forget-expired.ts';
import { purgeOrganizations } from './retention/purge-organizations.ts';
import { Permission } from './role/permission.entity.ts';
import { RolePermission } from './role/role-permission.entity.ts';
import { Role } from './role/role.entity.ts';
import { RoleResolver } from './role/role.resolver.ts';
import { RecoveryCode } from './second-factor/recovery-code.entity.ts';
import { SecondFactor } from './second-factor/second-factor.entity.ts';
import { SecondFactorResolver } from './second-factor/second-factor.resolver.ts';
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
  entities: [
    User,
    Organization,
    Membership,
    Invitation,
    Role,
    Permission,
    RolePermission,
    ApiKey,
    Plan,
    PlanSubscription,
    Impersonation,
    PasswordCredential,
    SecondFactor,
    RecoveryCode,
    OneTimeToken,
    AuthSession,
    RefreshToken,
    SigningKey,
  ],
  resolvers: [
    UserResolver,
    AuthSessionResolver,
    CredentialResolver,
    SecondFactorResolver,
    OrganizationResolver,
    UserOrganizationsResolver,
    MembershipResolver,
    InvitationResolver,
    RoleResolver,
    ApiKeyResolver,
    PlanResolver,
    AdministrationResolver,
    ImpersonationResolver,
  ],
  references: {
    User: ({ loaders }: IdentityContext) => loaders.userById,
    AuthSession: ({ loaders }: IdentityContext) => loaders.sessionById,
    Organization: ({ loaders }: IdentityContext) => loaders.organizationById,
    Membership: ({ loaders }: IdentityContext) => loaders.membershipById,
    Invitation: ({ loaders }: IdentityContext) => loaders.invitationById,
    ApiKey: ({ loaders }: IdentityContext) => loaders.apiKeyById,
    PlanSubscription: ({ loaders }: IdentityContext) => loaders.subscriptionById,
    Impersonation: ({ loaders }: IdentityContext) => loaders.impersonationById,
  },
  events: identityEventVersions,
  loaders: createLoaders,
  useCases,
  services: createServices,
  jobs: {
    'mail-password-reset': job(mailPasswordReset),
    'mail-email-change': job(mailEmailChange),
    'mail-verification-again': job(mailVerificationAgain),
    'forget-expired': job(forgetExpired, { schedule: { cron: '41 * * * *' } }),
    'purge-organizations': job(purgeOrganizations, { schedule: { cron: '23 * * * *' } }),
    'expire-invitations': job(expireInvitations, { schedule: { cron: '*/10 * * * *' } }),
    'end-due-subscriptions': job(endDueSubscriptions, { schedule: { cron: '*/15 * * * *' } }),
    'rotate-signing-keys': job(rotateSigningKeys, { schedule: { cron: '17 3 * * *' } }),
  },
  routes: { '/.well-known/jwks.json': jwksRoute },
  verificationKeys: ({ signingKeys }) => signingKeys,
});

import { type GraphContext, loadOne, type Reader, type Work } from '@supergraph/subgraph-kit';
import { createImpersonationLoader } from './administration/impersonation.loaders.ts';
import { createApiKeyLoader, createApiKeysLoader } from './api-key/api-key.loaders.ts';
import { createSessionLoader, createSessionsOfUserLoader } from './auth-session/auth-session.loaders.ts';
import type { IdentityEvents } from './events.ts';
import { createInvitationLoader, createInvitationsLoader } from './invitation/invitation.loaders.ts';
import {
  createMembershipLoader,
  createMembershipsOfUserLoader,
  createMembersLoader,
} from './membership/membership.loaders.ts';
import {
  createOrganizationLoader,
  createOrganizationNameLoader,
  createOrganizationsOfUserLoader,
} from './organization/organization.loaders.ts';
import { createLiveSubscriptionLoader, createPlanLoader, createSubscriptionLoader } from './plan/plan.loaders.ts';
import { createPermissionsOfRoleLoader } from './role/role.loaders.ts';
import { SecondFactor } from './second-factor/second-factor.entity.ts';
import type { IdentityServices } from './services.ts';
import type { useCases } from './use-cases.ts';
import { createUserLoader } from './user/user.loaders.ts';

export type IdentityWork = Work<IdentityServices, IdentityEvents>;
export type IdentityContext = GraphContext<IdentityLoaders, typeof useCases>;
export type IdentityLoaders = ReturnType<typeof createLoaders>;

/** All that a resolver may read by, in batches of one request. */
export function createLoaders(reader: Reader<IdentityServices>) {
  return {
    userById: createUserLoader(reader),
    sessionById: createSessionLoader(reader),
    sessionsOfUser: createSessionsOfUserLoader(reader),
    secondFactorByUser: loadOne(reader.em, SecondFactor, { by: 'userId', where: { confirmedAt: { $ne: null } } }),
    organizationById: createOrganizationLoader(reader),
    organizationNameById: createOrganizationNameLoader(reader),
    organizationsOfUser: createOrganizationsOfUserLoader(reader),
    membershipById: createMembershipLoader(reader),
    membershipsOfUser: createMembershipsOfUserLoader(reader),
    membersOfOrganization: createMembersLoader(reader),
    invitationById: createInvitationLoader(reader),
    invitationsOfOrganization: createInvitationsLoader(reader),
    apiKeyById: createApiKeyLoader(reader),
    apiKeysOfOrganization: createApiKeysLoader(reader),
    planByName: createPlanLoader(reader),
    subscriptionById: createSubscriptionLoader(reader),
    liveSubscriptionOfUser: createLiveSubscriptionLoader(reader),
    permissionsOfRole: createPermissionsOfRoleLoader(reader),
    impersonationById: createImpersonationLoader(reader),
  };
}

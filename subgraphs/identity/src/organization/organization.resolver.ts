import { ConnectionArguments, type Page, PagedList, parseId } from '@supergraph/subgraph-kit';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { ApiKeyConnection } from '../api-key/api-key.connection.ts';
import type { ApiKey } from '../api-key/api-key.entity.ts';
import { SessionTokens } from '../auth-session/session-tokens.type.ts';
import type { IdentityContext } from '../context.ts';
import { InvitationConnection } from '../invitation/invitation.connection.ts';
import type { Invitation } from '../invitation/invitation.entity.ts';
import { InvitationArguments } from '../invitation/invitation.inputs.ts';
import { MembershipConnection } from '../membership/membership.connection.ts';
import type { Membership } from '../membership/membership.entity.ts';
import { MembershipArguments } from '../membership/membership.inputs.ts';
import { OrganizationRole } from '../role/organization-role.ts';
import { Organization } from './organization.entity.ts';
import { CreateOrganizationInput, RenameOrganizationInput } from './organization.inputs.ts';
import { mayListApiKeys, mayListInvitations, mayListMembers } from './organization.policy.ts';

@Resolver(() => Organization)
export class OrganizationResolver {
  @Query(() => Organization, { nullable: true, description: 'The organization one acts for.' })
  @Directive('@policy(policies: [["organization"]])')
  async activeOrganization(@Ctx() { session, loaders }: IdentityContext): Promise<Organization | null> {
    return loaders.organizationById.load(session.requireOrganization());
  }

  @Query(() => Organization, { nullable: true, description: 'An organization one belongs to; null for all others.' })
  @Directive('@authenticated')
  async organization(
    @Arg('id', () => ID, { description: 'Of the organization.' }) id: string,
    @Ctx() { session, loaders }: IdentityContext,
  ): Promise<Organization | null> {
    session.requireUser();
    return loaders.organizationById.load(parseId('Organization', id));
  }

  @Query(() => [Organization], {
    nullable: true,
    description: 'What one owned, was deleted within 30 days and can be restored, the latest first; up to 100.',
  })
  @Directive('@policy(policies: [["person"]])')
  @Directive('@listSize(assumedSize: 10)')
  async restorableOrganizations(@Ctx() { useCases }: IdentityContext): Promise<Organization[]> {
    return useCases.listRestorableOrganizations();
  }

  @Mutation(() => Organization, {
    nullable: true,
    description: 'Founds an organization to be shared with others. `switchOrganization` makes one act for it.',
  })
  @Directive('@policy(policies: [["person"]])')
  async createOrganization(
    @Arg('input', () => CreateOrganizationInput, { description: 'The new organization.' })
    input: CreateOrganizationInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<Organization> {
    return useCases.createOrganization(input);
  }

  @Mutation(() => Organization, { nullable: true, description: 'Renames the organization one acts for.' })
  @Directive('@requiresScopes(scopes: [["identity:organization.write"]])')
  async renameOrganization(
    @Arg('input', () => RenameOrganizationInput, { description: 'Its new name.' }) input: RenameOrganizationInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<Organization> {
    return useCases.renameOrganization(input);
  }

  @Mutation(() => Organization, {
    nullable: true,
    description: 'Deletes the organization one owns and acts for. It can be restored for 30 days.',
  })
  @Directive('@policy(policies: [["inPerson"]])')
  async deleteOrganization(
    @Arg('id', () => ID, { description: 'Of the organization.' }) id: string,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<Organization> {
    return useCases.deleteOrganization({ id });
  }

  @Mutation(() => Organization, {
    nullable: true,
    description: 'Takes back that an organization was deleted. For its owners.',
  })
  @Directive('@policy(policies: [["inPerson"]])')
  async restoreOrganization(
    @Arg('id', () => ID, { description: 'From `restorableOrganizations`.' }) id: string,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<Organization> {
    return useCases.restoreOrganization({ id });
  }

  @Mutation(() => SessionTokens, {
    nullable: true,
    description: 'Goes on acting for another organization, in the same session, which remembers it.',
  })
  @Directive('@policy(policies: [["inPerson"]])')
  async switchOrganization(
    @Arg('organizationId', () => ID, { description: 'One of `me.organizations`.' }) organizationId: string,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<SessionTokens> {
    return useCases.switchOrganization({ organizationId });
  }

  @FieldResolver(() => Boolean, { description: 'Whether it is somebody’s own, that nobody else can join.' })
  isPersonal(@Root() organization: Organization): boolean {
    return Boolean(organization.personalTo);
  }

  @FieldResolver(() => OrganizationRole, {
    nullable: true,
    description: 'What one may do in it; null when one does not belong to it.',
  })
  async myRole(
    @Root() organization: Organization,
    @Ctx() { session, loaders }: IdentityContext,
  ): Promise<OrganizationRole | null> {
    const own = session.userId ? await loaders.membershipsOfUser.load(session.userId) : [];
    return own.find((membership) => membership.organizationId === organization.id)?.role ?? null;
  }

  @FieldResolver(() => MembershipConnection, {
    nullable: true,
    description: 'Who belongs to it, in the order they joined. Null unless one acts for it.',
  })
  @PagedList()
  async members(
    @Root() organization: Organization,
    @Args(() => MembershipArguments) args: MembershipArguments,
    @Ctx() { session, loaders }: IdentityContext,
  ): Promise<Page<Membership> | null> {
    return mayListMembers(session, organization.id) ? loaders.membersOfOrganization.load(organization.id, args) : null;
  }

  @FieldResolver(() => InvitationConnection, {
    nullable: true,
    description: 'Who was asked to join, the latest first. Null unless one acts for it and may invite.',
  })
  @PagedList()
  async invitations(
    @Root() organization: Organization,
    @Args(() => InvitationArguments) args: InvitationArguments,
    @Ctx() { session, loaders }: IdentityContext,
  ): Promise<Page<Invitation> | null> {
    if (!mayListInvitations(session, organization.id)) return null;
    return loaders.invitationsOfOrganization.load(organization.id, args);
  }

  @FieldResolver(() => ApiKeyConnection, {
    nullable: true,
    description: 'The API keys that are not revoked, the latest first. Null unless one acts for it and may make keys.',
  })
  @PagedList()
  async apiKeys(
    @Root() organization: Organization,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { session, loaders }: IdentityContext,
  ): Promise<Page<ApiKey> | null> {
    return mayListApiKeys(session, organization.id) ? loaders.apiKeysOfOrganization.load(organization.id, args) : null;
  }
}

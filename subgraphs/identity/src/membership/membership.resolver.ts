import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { IdentityContext } from '../context.ts';
import { Organization } from '../organization/organization.entity.ts';
import { User } from '../user/user.entity.ts';
import { Membership } from './membership.entity.ts';
import { ChangeMemberRoleInput } from './membership.inputs.ts';
import { OwnershipTransfer } from './ownership-transfer.type.ts';

@Resolver(() => Membership)
export class MembershipResolver {
  @Mutation(() => Membership, {
    nullable: true,
    description:
      'Gives a member another role. Nobody decides about those above their own rank, and the last owner stays one. ' +
      'Access tokens tell of it from the next refresh on.',
  })
  @Directive('@requiresScopes(scopes: [["identity:members.write"]])')
  @Directive('@policy(policies: [["organization"]])')
  async changeMemberRole(
    @Arg('input', () => ChangeMemberRoleInput, { description: 'Who, and the new role.' }) input: ChangeMemberRoleInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<Membership> {
    return useCases.changeMemberRole(input);
  }

  @Mutation(() => Membership, {
    nullable: true,
    description: 'Takes a member out of the organization one acts for, and their API keys and invitations with them.',
  })
  @Directive('@requiresScopes(scopes: [["identity:members.write"]])')
  @Directive('@policy(policies: [["organization"]])')
  async removeMember(
    @Arg('membershipId', () => ID, { description: 'Of the membership.' }) membershipId: string,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<Membership> {
    return useCases.removeMember({ membershipId });
  }

  @Mutation(() => Membership, { nullable: true, description: 'Leaves an organization. Its last owner cannot.' })
  @Directive('@policy(policies: [["inPerson"]])')
  async leaveOrganization(
    @Arg('id', () => ID, { description: 'Of the organization.' }) id: string,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<Membership> {
    return useCases.leaveOrganization({ id });
  }

  @Mutation(() => OwnershipTransfer, {
    nullable: true,
    description: 'Makes another member of the organization one acts for an owner in one’s own stead.',
  })
  @Directive('@policy(policies: [["inPerson", "organization"]])')
  async transferOwnership(
    @Arg('membershipId', () => ID, { description: 'Of the new owner’s membership.' }) membershipId: string,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<OwnershipTransfer> {
    return useCases.transferOwnership({ membershipId });
  }

  @FieldResolver(() => User, { nullable: true, description: 'The member.' })
  async user(@Root() membership: Membership, @Ctx() { loaders }: IdentityContext): Promise<User | null> {
    return loaders.userById.load(membership.userId);
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: 'Where they belong. Null once it is deleted, and for whoever has left it.',
  })
  async organization(
    @Root() membership: Membership,
    @Ctx() { loaders }: IdentityContext,
  ): Promise<Organization | null> {
    return loaders.organizationById.load(membership.organizationId);
  }
}

import { RateLimited } from '@supergraph/subgraph-kit';
import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { IdentityContext } from '../context.ts';
import { Membership } from '../membership/membership.entity.ts';
import { Organization } from '../organization/organization.entity.ts';
import { User } from '../user/user.entity.ts';
import { Invitation } from './invitation.entity.ts';
import { AnswerInvitationInput, InviteMemberInput, ResendInvitationInput } from './invitation.inputs.ts';

@Resolver(() => Invitation)
export class InvitationResolver {
  @Query(() => [Invitation], {
    nullable: true,
    description: 'What one is invited to and can still accept, the latest first; up to 100.',
  })
  @Directive('@policy(policies: [["person"]])')
  @Directive('@listSize(assumedSize: 10)')
  async myInvitations(@Ctx() { useCases }: IdentityContext): Promise<Invitation[]> {
    return useCases.listMyInvitations();
  }

  @Mutation(() => Invitation, {
    nullable: true,
    description: 'Asks somebody by mail to join the organization one acts for. They have seven days to answer.',
  })
  @Directive('@requiresScopes(scopes: [["identity:members.write"]])')
  @Directive('@policy(policies: [["organization"]])')
  @RateLimited({ max: 300, per: 'hour' })
  async inviteMember(
    @Arg('input', () => InviteMemberInput, { description: 'Whom, and as what.' }) input: InviteMemberInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<Invitation> {
    return useCases.inviteMember(input);
  }

  @Mutation(() => Invitation, {
    nullable: true,
    description: 'Mails a pending invitation once more, good for another seven days. The mail before is void.',
  })
  @Directive('@requiresScopes(scopes: [["identity:members.write"]])')
  @Directive('@policy(policies: [["organization"]])')
  @RateLimited({ max: 300, per: 'hour' })
  async resendInvitation(
    @Arg('input', () => ResendInvitationInput, { description: 'Which one.' }) input: ResendInvitationInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<Invitation> {
    return useCases.resendInvitation(input);
  }

  @Mutation(() => Invitation, { nullable: true, description: 'Takes a pending invitation back.' })
  @Directive('@requiresScopes(scopes: [["identity:members.write"]])')
  @Directive('@policy(policies: [["organization"]])')
  async revokeInvitation(
    @Arg('id', () => ID, { description: 'Of the invitation.' }) id: string,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<Invitation> {
    return useCases.revokeInvitation({ id });
  }

  @Mutation(() => Membership, {
    nullable: true,
    description: 'Joins the organization one was invited to, with the verified address the invitation went to.',
  })
  @Directive('@policy(policies: [["inPerson"]])')
  @RateLimited({ max: 60, per: 'minute' })
  async acceptInvitation(
    @Arg('input', () => AnswerInvitationInput, { description: 'Which one.' }) input: AnswerInvitationInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<Membership> {
    return useCases.acceptInvitation(input);
  }

  @Mutation(() => Invitation, { nullable: true, description: 'Says no to an invitation.' })
  @Directive('@policy(policies: [["inPerson"]])')
  @RateLimited({ max: 60, per: 'minute' })
  async declineInvitation(
    @Arg('input', () => AnswerInvitationInput, { description: 'Which one.' }) input: AnswerInvitationInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<Invitation> {
    return useCases.declineInvitation(input);
  }

  @FieldResolver(() => String, {
    description: 'What the organization is called: whoever is invited cannot see it yet.',
  })
  async organizationName(@Root() invitation: Invitation, @Ctx() { loaders }: IdentityContext): Promise<string> {
    return loaders.organizationNameById.load(invitation.organizationId);
  }

  @FieldResolver(() => Organization, { nullable: true, description: 'Where they are invited to; for members only.' })
  async organization(
    @Root() invitation: Invitation,
    @Ctx() { loaders }: IdentityContext,
  ): Promise<Organization | null> {
    return loaders.organizationById.load(invitation.organizationId);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who asked them.' })
  async inviter(@Root() invitation: Invitation, @Ctx() { loaders }: IdentityContext): Promise<User | null> {
    return loaders.userById.load(invitation.inviterId);
  }
}

import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { IdentityContext } from '../context.ts';
import { User } from '../user/user.entity.ts';
import { mayReadPrivateFields } from '../user/user.policy.ts';
import { Organization } from './organization.entity.ts';

@Resolver(() => User)
export class UserOrganizationsResolver {
  @FieldResolver(() => [Organization], {
    nullable: true,
    description:
      'Where they belong, the personal one first, then by name; up to 100. Null for everybody but the person and support.',
  })
  @Directive('@listSize(assumedSize: 10)')
  async organizations(
    @Root() user: User,
    @Ctx() { session, loaders }: IdentityContext,
  ): Promise<Organization[] | null> {
    return mayReadPrivateFields(session, user) ? loaders.organizationsOfUser.load(user.id) : null;
  }
}

import { Ctx, Query, Resolver } from 'type-graphql';
import type { IdentityContext } from '../context.ts';
import { User } from './user.entity.ts';

@Resolver(() => User)
export class UserResolver {
  @Query(() => User, { nullable: true, description: 'Whoever is signed in.' })
  async me(@Ctx() { session, loaders }: IdentityContext): Promise<User | null> {
    return loaders.userById.load(session.requireUser());
  }
}

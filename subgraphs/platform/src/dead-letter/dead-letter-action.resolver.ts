import { FieldResolver, Resolver, Root } from 'type-graphql';
import { User } from '../references/user.reference.ts';
import { DeadLetterAction } from './dead-letter-action.entity.ts';

@Resolver(() => DeadLetterAction)
export class DeadLetterActionResolver {
  @FieldResolver(() => User, { nullable: true, description: 'Who decided. Null while identity cannot be asked.' })
  by(@Root() { actorId }: DeadLetterAction): User {
    return { id: actorId };
  }
}

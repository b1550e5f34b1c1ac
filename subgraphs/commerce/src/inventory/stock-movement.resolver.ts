import { FieldResolver, Resolver, Root } from 'type-graphql';
import { User } from '../references/user.reference.ts';
import { StockMovement } from './stock-movement.entity.ts';

@Resolver(() => StockMovement)
export class StockMovementResolver {
  @FieldResolver(() => User, {
    nullable: true,
    description: 'Who of the shop did it. Null for what buyers cause, and while identity cannot be asked.',
  })
  actor(@Root() { actorId }: StockMovement): User | null {
    return actorId ? { id: actorId } : null;
  }
}

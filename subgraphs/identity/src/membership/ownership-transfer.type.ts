import { Directive, Field, ObjectType } from 'type-graphql';
import { Membership } from './membership.entity.ts';

@Directive('@authenticated')
@ObjectType({ description: 'That an organization has changed hands.' })
export class OwnershipTransfer {
  @Field(() => Membership, { description: 'Of whoever is an owner now.' })
  newOwner!: Membership;

  @Field(() => Membership, { description: 'Of whoever handed it over, an admin from now on.' })
  formerOwner!: Membership;
}

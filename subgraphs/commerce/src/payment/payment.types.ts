import { GraphQLURL } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';

/** Whoever gets one may see it: a guest who pays has no account. */
@ObjectType({ description: 'What the buyer has to do before a payment can go on. One of the two is given.' })
export class PaymentAction {
  @Field(() => GraphQLURL, { nullable: true, description: 'Where to send the buyer.' })
  url?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What to give to the payment provider’s own code in the buyer’s browser.',
  })
  clientToken?: string | null;
}

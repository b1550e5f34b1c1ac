import { ConnectionArguments } from '@supergraph/subgraph-kit';
import { IsEnum, IsOptional, Max, MaxLength, Min } from 'class-validator';
import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { OrderState } from './order-state.ts';

@ArgsType()
export class OrderArguments {
  @Field(() => ID, { description: 'Which one.' })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'For a guest: the token of the cart it was made from. Not needed by whoever is signed in.',
  })
  @IsOptional()
  @MaxLength(100)
  token?: string | null;
}

@ArgsType()
export class OrderListArguments extends ConnectionArguments {
  @Field(() => OrderState, { nullable: true, description: 'Those in this state; in any unless told.' })
  @IsOptional()
  @IsEnum(OrderState)
  state?: OrderState | null;
}

/** As many things as there are in an order. */
export const MAX_ORDER_ITEMS = 100;

@InputType({ description: 'So many of something that was bought.' })
export class OrderUnitsInput {
  @Field(() => ID, { description: 'Of which `OrderItem`.' })
  orderItemId!: string;

  @Field(() => Int, { description: 'How many, 1 to 999.' })
  @Min(1)
  @Max(999)
  quantity!: number;
}

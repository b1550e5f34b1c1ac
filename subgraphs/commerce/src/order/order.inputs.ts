import { ConnectionArguments } from '@supergraph/subgraph-kit';
import { IsEnum, IsOptional, MaxLength } from 'class-validator';
import { ArgsType, Field, ID } from 'type-graphql';
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
export class ShopOrderArguments extends ConnectionArguments {
  @Field(() => OrderState, { nullable: true, description: 'Those in this state; in any unless told.' })
  @IsOptional()
  @IsEnum(OrderState)
  state?: OrderState | null;
}

import { MoneyInput } from '@supergraph/subgraph-kit';
import { IsEmail, IsOptional, Length, MaxLength, ValidateNested } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import { ShippingAddress } from '../order/shipping-address.ts';

@InputType({ description: 'What a buyer agrees to when they buy what is in their cart.' })
export class CheckoutInput {
  @Field(() => String, { nullable: true, description: 'Of a guest’s cart. Not needed by whoever is signed in.' })
  @IsOptional()
  @MaxLength(100)
  token?: string | null;

  @Field(() => MoneyInput, {
    description:
      'What the buyer was shown as `Cart.totals.total`. When it is something else by now, nothing is bought.',
  })
  @ValidateNested()
  expectedTotal!: MoneyInput;

  @Field(() => String, { description: 'Where the buyer is written to.' })
  @IsEmail({}, { message: 'Give an e-mail address.' })
  @MaxLength(320)
  email!: string;

  @Field(() => ShippingAddress, { description: 'Where it goes.' })
  @ValidateNested()
  shippingAddress!: ShippingAddress;

  @Field(() => String, {
    description: 'How it is paid: the payment provider’s token of a card or the like, up to 255 characters.',
  })
  @Length(1, 255)
  paymentMethod!: string;

  @Field(() => String, {
    description:
      'Asking again under the same key buys nothing more and tells how it stands. 1 to 128 characters; another one after a ' +
      'payment that was declined.',
  })
  @Length(1, 128)
  idempotencyKey!: string;
}

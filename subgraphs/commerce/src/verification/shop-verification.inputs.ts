import { IsOptional } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { IsPlainLine } from '../shop/plain-text.rule.ts';

@InputType({ description: 'What a shop says of itself to be let in.' })
export class SubmitShopVerificationInput {
  @Field(() => ID, { description: 'Which shop.' })
  shopId!: string;

  @Field(() => String, { description: 'Of the business, as it is registered, up to 200 characters.' })
  @IsPlainLine(200)
  legalName!: string;

  @Field(() => String, { description: 'In the register of companies or for taxes, up to 50 characters.' })
  @IsPlainLine(50)
  registrationNumber!: string;
}

@InputType({ description: 'Whether to let a shop in.' })
export class DecideShopVerificationInput {
  @Field(() => ID, { description: 'Which verification.' })
  id!: string;

  @Field(() => Boolean, { description: 'Whether the shop may sell.' })
  approve!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Why not, for the shop to read. With a rejection, and only then; 1 to 500 characters.',
  })
  @IsOptional()
  @IsPlainLine(500)
  reason?: string | null;
}

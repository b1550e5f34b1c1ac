import { ConnectionArguments, GraphQLCurrencyCode } from '@supergraph/subgraph-kit';
import { IsEnum, IsOptional, Length, Matches, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { GraphQLCountryCode } from 'graphql-scalars';
import { ArgsType, Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { IsPlainLine } from './plain-text.rule.ts';
import { ShopState } from './shop-state.ts';

/** In hundredths of a percent. */
const MAX_TAX_RATE = 5_000;
const MAX_RETURN_DAYS = 365;

@InputType({ description: 'A new shop of the active organization.' })
export class RegisterShopInput {
  @Field(() => String, { description: 'As buyers will know it, up to 100 characters.' })
  @IsPlainLine(100)
  name!: string;

  @Field(() => String, {
    description: 'Its address in the storefront: 3 to 60 characters, lower-case words and numbers joined by hyphens.',
  })
  @Length(3, 60)
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/, { message: 'Give lower-case words and numbers joined by hyphens.' })
  slug!: string;

  @Field(() => String, { nullable: true, description: 'What it sells, in plain text, up to 5000 characters.' })
  @IsOptional()
  @MaxLength(5_000)
  description?: string | null;

  @Field(() => GraphQLCurrencyCode, { description: 'All its prices will be in it, for good.' })
  currency!: string;

  @Field(() => GraphQLCountryCode, { description: 'Where it sells from, by ISO 3166-1.' })
  country!: string;

  @Field(() => Int, {
    defaultValue: 0,
    description: 'The tax on what it sells, in hundredths of a percent, up to 5000: 810 are 8.1 %.',
  })
  @Min(0)
  @Max(MAX_TAX_RATE)
  taxRate!: number;

  @Field(() => Boolean, { defaultValue: true, description: 'Whether its prices have the tax in them.' })
  pricesIncludeTax!: boolean;

  @Field(() => Int, {
    defaultValue: 30,
    description:
      'For so many days after something was delivered buyers may ask to send it back: up to 365, 0 for never.',
  })
  @Min(0)
  @Max(MAX_RETURN_DAYS)
  returnDays!: number;
}

@InputType({ description: 'What to change about a shop. What is left out stays.' })
export class UpdateShopInput {
  @Field(() => ID, { description: 'Which shop.' })
  id!: string;

  @Field(() => Int, { description: 'The `version` that was read before.' })
  version!: number;

  @Field(() => String, { nullable: true, description: 'As buyers will know it, up to 100 characters.' })
  @IsOptional()
  @IsPlainLine(100)
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'What it sells, in plain text, up to 5000 characters.' })
  @IsOptional()
  @MaxLength(5_000)
  description?: string | null;

  @Field(() => Int, { nullable: true, description: 'The tax, in hundredths of a percent, up to 5000.' })
  @IsOptional()
  @Min(0)
  @Max(MAX_TAX_RATE)
  taxRate?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether its prices have the tax in them.' })
  pricesIncludeTax?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The days for returns, up to 365, 0 for none. What was bought before keeps those it was bought with.',
  })
  @IsOptional()
  @Min(0)
  @Max(MAX_RETURN_DAYS)
  returnDays?: number | null;
}

@InputType({ description: 'A shop, as it was read.' })
export class ShopVersionInput {
  @Field(() => ID, { description: 'Which shop.' })
  id!: string;

  @Field(() => Int, { description: 'The `version` that was read before.' })
  version!: number;
}

@InputType({ description: 'A shop to stop, and why.' })
export class SuspendShopInput {
  @Field(() => ID, { description: 'Which shop.' })
  id!: string;

  @Field(() => String, { description: 'Why, for the shop to read. 1 to 500 characters.' })
  @IsPlainLine(500)
  reason!: string;
}

@InputType({ description: 'A shop to let sell again.' })
export class ReinstateShopInput {
  @Field(() => ID, { description: 'Which shop.' })
  id!: string;
}

export enum ShopSort {
  CREATED_AT_DESC = 'CREATED_AT_DESC',
  NAME_ASC = 'NAME_ASC',
}

registerEnumType(ShopSort, {
  name: 'ShopSort',
  description: 'How to sort shops.',
  valuesConfig: {
    CREATED_AT_DESC: { description: 'What registered last comes first.' },
    NAME_ASC: { description: 'By name, from A to Z.' },
  },
});

@InputType({ description: 'Which shops. What is left out does not matter.' })
export class ShopFilter {
  @Field(() => ShopState, {
    nullable: true,
    description: 'Those in this state. Open ones unless told; any other state takes the right to decide about shops.',
  })
  @IsOptional()
  @IsEnum(ShopState)
  state?: ShopState | null;

  @Field(() => String, { nullable: true, description: 'Those that sell in this currency.' })
  @IsOptional()
  @Matches(/^[A-Z]{3}$/, { message: 'A currency has three capital letters.' })
  currency?: string | null;
}

@ArgsType()
export class ShopArguments extends ConnectionArguments {
  @Field(() => ShopFilter, { nullable: true, description: 'Which of them.' })
  @IsOptional()
  @ValidateNested()
  filter?: ShopFilter | null;

  @Field(() => ShopSort, { defaultValue: ShopSort.CREATED_AT_DESC, description: 'In which order.' })
  sort!: ShopSort;
}

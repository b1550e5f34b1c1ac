import { IsOptional, MaxLength } from 'class-validator';
import { GraphQLCountryCode } from 'graphql-scalars';
import { Field, InputType, ObjectType } from 'type-graphql';
import { IsPlainLine } from '../shop/plain-text.rule.ts';

@ObjectType({ description: 'Where something is sent to.' })
@InputType('ShippingAddressInput', { description: 'Where to send something.' })
export class ShippingAddress {
  @Field(() => String, { description: 'Who receives it, up to 100 characters.' })
  @IsPlainLine(100)
  name!: string;

  @Field(() => String, { description: 'Street and number, up to 200 characters.' })
  @IsPlainLine(200)
  line1!: string;

  @Field(() => String, { nullable: true, description: 'More of it, such as the floor, up to 200 characters.' })
  @IsOptional()
  @MaxLength(200)
  line2?: string | null;

  @Field(() => String, { description: 'As it is written in the country, up to 20 characters.' })
  @IsPlainLine(20)
  postalCode!: string;

  @Field(() => String, { description: 'Up to 100 characters.' })
  @IsPlainLine(100)
  city!: string;

  @Field(() => GraphQLCountryCode, { description: 'By ISO 3166-1.' })
  country!: string;
}

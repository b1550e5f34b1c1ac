import { IsEnum, IsLocale, IsNotEmpty, IsOptional, IsTimeZone, MaxLength } from 'class-validator';
import { GraphQLEmailAddress } from 'graphql-scalars';
import { Field, InputType, Int } from 'type-graphql';
import { MAX_PASSWORD_LENGTH } from '../credential/password.rule.ts';
import { IsNewPassword } from '../credential/password.rule.ts';
import { MAX_EMAIL_LENGTH } from './email-address.ts';
import { MAX_LOCALE_LENGTH } from './locale.ts';
import { IsDisplayName, IsPictureUrl } from './profile.rule.ts';
import { Persona } from './persona.ts';

@InputType({ description: 'A new account.' })
export class RegisterInput {
  @Field(() => GraphQLEmailAddress, { description: 'The address to sign in with; a mail will ask to verify it.' })
  @MaxLength(MAX_EMAIL_LENGTH)
  email!: string;

  @Field(() => String, { description: 'At least 10 characters.' })
  @IsNewPassword()
  password!: string;

  @Field(() => String, { description: 'As the person wants to be called, up to 100 characters.' })
  @IsDisplayName()
  name!: string;

  @Field(() => Persona, { nullable: true, description: 'What they come to do; `CUSTOMER` unless told.' })
  @IsOptional()
  @IsEnum(Persona)
  persona?: Persona | null;

  @Field(() => String, { nullable: true, description: 'A BCP 47 tag; that of the request unless told.' })
  @IsOptional()
  @IsLocale()
  @MaxLength(MAX_LOCALE_LENGTH)
  locale?: string | null;

  @Field(() => String, { nullable: true, description: 'An IANA name such as `Europe/Zurich`; `UTC` unless told.' })
  @IsOptional()
  @IsTimeZone()
  timeZone?: string | null;
}

@InputType({ description: 'What to change about oneself. What is left out stays.' })
export class UpdateProfileInput {
  @Field(() => Int, { description: 'The `version` that was read before.' })
  version!: number;

  @Field(() => String, { nullable: true, description: 'As the person wants to be called, up to 100 characters.' })
  @IsOptional()
  @IsDisplayName()
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Where a picture is, by https; null takes it away.' })
  @IsOptional()
  @IsPictureUrl()
  avatarUrl?: string | null;

  @Field(() => String, { nullable: true, description: 'A BCP 47 tag.' })
  @IsOptional()
  @IsLocale()
  @MaxLength(MAX_LOCALE_LENGTH)
  locale?: string | null;

  @Field(() => String, { nullable: true, description: 'An IANA name such as `Europe/Zurich`.' })
  @IsOptional()
  @IsTimeZone()
  timeZone?: string | null;
}

@InputType({ description: 'Which hat to put on.' })
export class UpdatePersonaInput {
  @Field(() => Persona, { description: 'What the person is here to do from now on.' })
  @IsEnum(Persona)
  persona!: Persona;
}

@InputType({ description: 'Goes through with deleting one’s account.' })
export class DeleteAccountInput {
  @Field(() => String, { description: 'The password, once more.' })
  @IsNotEmpty()
  @MaxLength(MAX_PASSWORD_LENGTH)
  password!: string;
}

import { IsNotEmpty, MaxLength } from 'class-validator';
import { GraphQLEmailAddress } from 'graphql-scalars';
import { Field, InputType } from 'type-graphql';
import { MAX_TOKEN_LENGTH } from '../one-time-token/secret-token.ts';
import { MAX_EMAIL_LENGTH } from '../user/email-address.ts';
import { IsNewPassword, MAX_PASSWORD_LENGTH } from './password.rule.ts';

@InputType({ description: 'Whom to mail.' })
export class RequestMailInput {
  @Field(() => GraphQLEmailAddress, { description: 'The address of the account.' })
  @MaxLength(MAX_EMAIL_LENGTH)
  email!: string;
}

@InputType({ description: 'A new password, and the right to set it.' })
export class ResetPasswordInput {
  @Field(() => String, { description: 'From the mail.' })
  @IsNotEmpty()
  @MaxLength(MAX_TOKEN_LENGTH)
  token!: string;

  @Field(() => String, { description: 'At least 10 characters.' })
  @IsNewPassword()
  newPassword!: string;
}

@InputType({ description: 'A new password in place of the old one.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The password as it is.' })
  @IsNotEmpty()
  @MaxLength(MAX_PASSWORD_LENGTH)
  currentPassword!: string;

  @Field(() => String, { description: 'At least 10 characters.' })
  @IsNewPassword()
  newPassword!: string;
}

@InputType({ description: 'The token of a verification mail.' })
export class VerifyEmailInput {
  @Field(() => String, { description: 'From the mail.' })
  @IsNotEmpty()
  @MaxLength(MAX_TOKEN_LENGTH)
  token!: string;
}

@InputType({ description: 'A new address to sign in with.' })
export class RequestEmailChangeInput {
  @Field(() => GraphQLEmailAddress, { description: 'The new address; a mail to it has the token that changes it.' })
  @MaxLength(MAX_EMAIL_LENGTH)
  newEmail!: string;

  @Field(() => String, { description: 'The password, once more.' })
  @IsNotEmpty()
  @MaxLength(MAX_PASSWORD_LENGTH)
  password!: string;
}

import { IsNotEmpty, IsOptional, MaxLength } from 'class-validator';
import { GraphQLEmailAddress } from 'graphql-scalars';
import { Field, InputType } from 'type-graphql';
import { MAX_PASSWORD_LENGTH } from '../credential/password.rule.ts';
import { MAX_TOKEN_LENGTH } from '../one-time-token/secret-token.ts';
import { MAX_CODE_LENGTH } from '../second-factor/recovery-code.ts';
import { MAX_EMAIL_LENGTH } from '../user/email-address.ts';

@InputType({ description: 'Who wants to sign in, and the proof.' })
export class LoginInput {
  @Field(() => GraphQLEmailAddress, { description: 'The address of the account.' })
  @MaxLength(MAX_EMAIL_LENGTH)
  email!: string;

  @Field(() => String, { description: 'The password of the account.' })
  @MaxLength(MAX_PASSWORD_LENGTH)
  password!: string;
}

@InputType({ description: 'The second half of a sign-in: give a code of the app, or a recovery code.' })
export class CompleteLoginInput {
  @Field(() => String, { description: 'From `SecondFactorRequired`.' })
  @IsNotEmpty()
  @MaxLength(MAX_TOKEN_LENGTH)
  challenge!: string;

  @Field(() => String, { nullable: true, description: 'The six digits the app shows now.' })
  @IsOptional()
  @MaxLength(MAX_CODE_LENGTH)
  code?: string | null;

  @Field(() => String, { nullable: true, description: 'One of the recovery codes, for whoever has lost the app.' })
  @IsOptional()
  @MaxLength(MAX_CODE_LENGTH)
  recoveryCode?: string | null;
}

@InputType({ description: 'What a session goes on with.' })
export class RefreshSessionInput {
  @Field(() => String, { description: 'The latest refresh token of the session.' })
  @IsNotEmpty()
  @MaxLength(MAX_TOKEN_LENGTH)
  refreshToken!: string;
}

import { IsNotEmpty, MaxLength } from 'class-validator';
import { Directive, Field, InputType, ObjectType } from 'type-graphql';
import { MAX_PASSWORD_LENGTH } from '../credential/password.rule.ts';
import { MAX_CODE_LENGTH } from './recovery-code.ts';

@Directive('@policy(policies: [["inPerson"]])')
@ObjectType({ description: 'What an authenticator app needs to know. Shown this once.' })
export class SecondFactorEnrolment {
  @Field(() => String, { description: 'To type in by hand, in base32.' })
  secret!: string;

  @Field(() => String, { description: 'The `otpauth:` URL, for a QR code.' })
  url!: string;
}

@Directive('@policy(policies: [["inPerson"]])')
@ObjectType({ description: 'Ways in for whoever loses their authenticator app. Shown this once.' })
export class RecoveryCodes {
  @Field(() => [String], { description: 'Each is good for one sign-in.' })
  codes!: string[];
}

@InputType({ description: 'The proof that it is the person who changes how they sign in.' })
export class SecondFactorPasswordInput {
  @Field(() => String, { description: 'The password, once more.' })
  @IsNotEmpty()
  @MaxLength(MAX_PASSWORD_LENGTH)
  password!: string;
}

@InputType({ description: 'The proof that the app has the secret.' })
export class ConfirmSecondFactorInput {
  @Field(() => String, { description: 'The six digits the app shows now.' })
  @IsNotEmpty()
  @MaxLength(MAX_CODE_LENGTH)
  code!: string;
}

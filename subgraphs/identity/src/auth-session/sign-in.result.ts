import { GraphQLDateTime } from 'graphql-scalars';
import { createUnionType, Field, ObjectType } from 'type-graphql';
import { SessionTokens } from './session-tokens.type.ts';

@ObjectType({ description: 'The password is right; now prove it with the second factor, through `completeLogin`.' })
export class SecondFactorRequired {
  @Field(() => String, { description: 'Goes into `completeLogin` with the code.' })
  challenge!: string;

  @Field(() => GraphQLDateTime, { description: 'When the challenge ends and the sign-in has to begin anew.' })
  expiresAt!: Date;
}

export const LoginResult = createUnionType({
  name: 'LoginResult',
  description: 'How a sign-in went on.',
  types: () => [SessionTokens, SecondFactorRequired] as const,
  resolveType: (value) => ('challenge' in value ? SecondFactorRequired : SessionTokens),
});

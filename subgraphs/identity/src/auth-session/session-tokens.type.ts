import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import { User } from '../user/user.entity.ts';
import { AuthSession } from './auth-session.entity.ts';

@ObjectType('SignedIn', { description: 'What a signed-in client goes on with.' })
export class SessionTokens {
  @Field(() => String, { description: 'Goes into the `Authorization` header, after `Bearer `. Lives 15 minutes.' })
  accessToken!: string;

  @Field(() => GraphQLDateTime, { description: 'When the access token ends.' })
  accessTokenExpiresAt!: Date;

  @Field(() => String, { description: 'Good for one `refreshSession`, which gives the next one. Keep it secret.' })
  refreshToken!: string;

  @Field(() => GraphQLDateTime, { description: 'When the refresh token ends, unless it is used.' })
  refreshTokenExpiresAt!: Date;

  @Field(() => AuthSession, { description: 'The session the tokens belong to.' })
  session!: AuthSession;

  @Field(() => User, { description: 'Who has signed in.' })
  user!: User;
}

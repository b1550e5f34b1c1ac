import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ObjectType } from 'type-graphql';
import { Impersonation } from './impersonation.entity.ts';

@Directive('@requiresScopes(scopes: [["identity:users.impersonate"]])')
@ObjectType({ description: 'With what a member of staff works in a user’s name.' })
export class ImpersonationToken {
  @Field(() => String, {
    description: 'Goes into the `Authorization` header. Names both in its claims, and cannot be refreshed.',
  })
  accessToken!: string;

  @Field(() => GraphQLDateTime, { description: 'When it ends; `logout` with it ends the session before.' })
  accessTokenExpiresAt!: Date;

  @Field(() => Impersonation, { description: 'What the audit keeps of it.' })
  impersonation!: Impersonation;
}

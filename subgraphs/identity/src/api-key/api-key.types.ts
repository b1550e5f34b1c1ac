import { ArrayMaxSize, ArrayMinSize, IsNotEmpty, IsOptional, MaxLength } from 'class-validator';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, InputType, ObjectType } from 'type-graphql';
import { IsDisplayName } from '../user/profile.rule.ts';
import { ApiKey } from './api-key.entity.ts';
import { MAX_API_KEY_LENGTH } from './api-key.secret.ts';

const MAX_SCOPES = 100;
const MAX_SCOPE_LENGTH = 100;

@InputType({ description: 'A key for a machine that is to work for the organization one acts for.' })
export class CreateApiKeyInput {
  @Field(() => String, { description: 'What it is for, up to 100 characters.' })
  @IsDisplayName()
  name!: string;

  @Field(() => [String], { description: 'The permissions it is to have, 1 to 100 of one’s own.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_SCOPES)
  @MaxLength(MAX_SCOPE_LENGTH, { each: true })
  scopes!: string[];

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'From when on it is to be void, at most a year ahead; in 90 days unless told.',
  })
  @IsOptional()
  expiresAt?: Date | null;
}

@InputType({ description: 'What a machine shows.' })
export class CreateApiTokenInput {
  @Field(() => String, { description: 'The API key.' })
  @IsNotEmpty()
  @MaxLength(MAX_API_KEY_LENGTH)
  apiKey!: string;
}

@Directive('@authenticated')
@ObjectType({ description: 'A key that was just made.' })
export class CreatedApiKey {
  @Field(() => ApiKey, { description: 'What is kept of it.' })
  apiKey!: ApiKey;

  @Field(() => String, { description: 'The key itself. It is shown this once and kept nowhere.' })
  secret!: string;
}

@ObjectType({ description: 'What a machine goes on with, until it shows its key again.' })
export class ApiToken {
  @Field(() => String, { description: 'Goes into the `Authorization` header, after `Bearer `. Lives 15 minutes.' })
  accessToken!: string;

  @Field(() => GraphQLDateTime, { description: 'When the access token ends.' })
  accessTokenExpiresAt!: Date;

  @Field(() => [String], { description: 'The permissions it carries.' })
  scopes!: string[];
}

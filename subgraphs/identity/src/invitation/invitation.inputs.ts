import { ConnectionArguments } from '@supergraph/subgraph-kit';
import { ArrayMaxSize, IsEnum, IsNotEmpty, IsOptional, MaxLength, ValidateNested } from 'class-validator';
import { GraphQLEmailAddress } from 'graphql-scalars';
import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { MAX_TOKEN_LENGTH } from '../one-time-token/secret-token.ts';
import { OrganizationRole } from '../role/organization-role.ts';
import { MAX_EMAIL_LENGTH } from '../user/email-address.ts';
import { InvitationStatus } from './invitation-status.ts';

const MAX_KEY_LENGTH = 128;
const KEY = 'Chosen by the client, 1 to 128 printable characters: the same key sends one mail, however often it comes.';

@InputType({ description: 'Which invitations to list. What is left out does not matter.' })
export class InvitationFilter {
  @Field(() => [InvitationStatus], { nullable: true, description: 'Those of which this became.' })
  @IsOptional()
  @ArrayMaxSize(4)
  @IsEnum(InvitationStatus, { each: true })
  statuses?: InvitationStatus[] | null;
}

@ArgsType()
export class InvitationArguments extends ConnectionArguments {
  @Field(() => InvitationFilter, { nullable: true, description: 'Which of them.' })
  @IsOptional()
  @ValidateNested()
  filter?: InvitationFilter | null;
}

@InputType({ description: 'Whom to ask to join the organization one acts for.' })
export class InviteMemberInput {
  @Field(() => GraphQLEmailAddress, { description: 'Where the mail goes; the person need not have an account yet.' })
  @MaxLength(MAX_EMAIL_LENGTH)
  email!: string;

  @Field(() => OrganizationRole, { description: 'What they are to be; not above one’s own role.' })
  @IsEnum(OrganizationRole)
  role!: OrganizationRole;

  @Field(() => String, { description: KEY })
  @MaxLength(MAX_KEY_LENGTH)
  idempotencyKey!: string;
}

@InputType({ description: 'An invitation to mail once more.' })
export class ResendInvitationInput {
  @Field(() => ID, { description: 'Of the invitation.' })
  id!: string;

  @Field(() => String, { description: KEY })
  @MaxLength(MAX_KEY_LENGTH)
  idempotencyKey!: string;
}

@InputType({ description: 'The invitation that is answered: by the token of its mail, or by its id.' })
export class AnswerInvitationInput {
  @Field(() => String, { nullable: true, description: 'From the mail.' })
  @IsOptional()
  @IsNotEmpty()
  @MaxLength(MAX_TOKEN_LENGTH)
  token?: string | null;

  @Field(() => ID, { nullable: true, description: 'From `myInvitations`.' })
  @IsOptional()
  @MaxLength(MAX_TOKEN_LENGTH)
  id?: string | null;
}

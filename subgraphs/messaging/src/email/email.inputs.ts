import { ConnectionArguments } from '@supergraph/subgraph-kit';
import { IsOptional, MaxLength } from 'class-validator';
import { ArgsType, Field } from 'type-graphql';

@ArgsType()
export class DevelopmentMailboxArguments extends ConnectionArguments {
  @Field(() => String, { nullable: true, description: 'Only mails to this address.' })
  @IsOptional()
  @MaxLength(320)
  to?: string | null;
}

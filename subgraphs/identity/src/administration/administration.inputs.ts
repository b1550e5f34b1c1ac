import { ConnectionArguments } from '@supergraph/subgraph-kit';
import { IsEnum, IsOptional, Length, ValidateNested } from 'class-validator';
import { GraphQLDateTime } from 'graphql-scalars';
import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { PlanName } from '../plan/plan-name.ts';
import { PlatformRole } from '../role/platform-role.ts';

const MAX_REASON_LENGTH = 500;

@InputType({ description: 'Whom to shut out, and why.' })
export class SuspendUserInput {
  @Field(() => ID, { description: 'Of the user.' })
  userId!: string;

  @Field(() => String, { description: 'Shown to the user and kept; 1 to 500 characters.' })
  @Length(1, MAX_REASON_LENGTH)
  reason!: string;
}

@InputType({ description: 'Another role in the platform.' })
export class ChangePlatformRoleInput {
  @Field(() => ID, { description: 'Of the user.' })
  userId!: string;

  @Field(() => PlatformRole, { description: 'What they are to be.' })
  @IsEnum(PlatformRole)
  role!: PlatformRole;
}

@InputType({ description: 'Another plan for a user, or another period of the one they are on.' })
export class ChangeUserPlanInput {
  @Field(() => ID, { description: 'Of the user.' })
  userId!: string;

  @Field(() => PlanName, { description: 'The plan from now on; `FREE` ends their subscription at once.' })
  @IsEnum(PlanName)
  plan!: PlanName;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Until when it is paid for, at most a year ahead; 30 days unless told.',
  })
  @IsOptional()
  currentPeriodEnd?: Date | null;
}

@InputType({ description: 'In whose name to work, and why.' })
export class ImpersonateUserInput {
  @Field(() => ID, { description: 'Of the user.' })
  userId!: string;

  @Field(() => String, { description: 'Kept for the audit; 10 to 500 characters.' })
  @Length(10, MAX_REASON_LENGTH)
  reason!: string;
}

@InputType({ description: 'Which impersonations to list. What is left out does not matter.' })
export class ImpersonationFilter {
  @Field(() => ID, { nullable: true, description: 'Those in this user’s name.' })
  @IsOptional()
  userId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Those by this member of staff.' })
  @IsOptional()
  impersonatorId?: string | null;
}

@ArgsType()
export class ImpersonationArguments extends ConnectionArguments {
  @Field(() => ImpersonationFilter, { nullable: true, description: 'Which of them.' })
  @IsOptional()
  @ValidateNested()
  filter?: ImpersonationFilter | null;
}

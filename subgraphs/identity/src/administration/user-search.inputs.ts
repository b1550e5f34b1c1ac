import { ConnectionArguments } from '@supergraph/subgraph-kit';
import { ArrayMaxSize, ArrayUnique, IsEnum, IsOptional, Length, ValidateNested } from 'class-validator';
import { GraphQLDateTime } from 'graphql-scalars';
import { ArgsType, Field, InputType, registerEnumType } from 'type-graphql';
import { PlanName } from '../plan/plan-name.ts';
import { PlatformRole } from '../role/platform-role.ts';
import { UserStatus } from '../user/user-status.ts';

export enum UserSort {
  CREATED_AT_ASC = 'CREATED_AT_ASC',
  CREATED_AT_DESC = 'CREATED_AT_DESC',
  NAME_ASC = 'NAME_ASC',
  NAME_DESC = 'NAME_DESC',
}

registerEnumType(UserSort, {
  name: 'UserSort',
  description: 'How to sort users.',
  valuesConfig: {
    CREATED_AT_ASC: { description: 'Who registered first comes first.' },
    CREATED_AT_DESC: { description: 'Who registered last comes first.' },
    NAME_ASC: { description: 'By name, from A to Z.' },
    NAME_DESC: { description: 'By name, from Z to A.' },
  },
});

@InputType({ description: 'Which users to list. What is left out does not matter.' })
export class UserFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Those whose name or address contains this, 2 to 100 characters.',
  })
  @IsOptional()
  @Length(2, 100)
  text?: string | null;

  @Field(() => [UserStatus], { nullable: true, description: 'Those whose account stands like one of these.' })
  @IsOptional()
  @ArrayMaxSize(4)
  @IsEnum(UserStatus, { each: true })
  statuses?: UserStatus[] | null;

  @Field(() => [PlatformRole], { nullable: true, description: 'Those with one of these roles.' })
  @IsOptional()
  @ArrayMaxSize(3)
  @IsEnum(PlatformRole, { each: true })
  platformRoles?: PlatformRole[] | null;

  @Field(() => [PlanName], { nullable: true, description: 'Those on one of these plans.' })
  @IsOptional()
  @ArrayMaxSize(3)
  @IsEnum(PlanName, { each: true })
  plans?: PlanName[] | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Those who registered at this time or later.' })
  @IsOptional()
  createdFrom?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Those who registered before this time.' })
  @IsOptional()
  createdBefore?: Date | null;
}

@ArgsType()
export class UserArguments extends ConnectionArguments {
  @Field(() => UserFilter, { nullable: true, description: 'Which of them.' })
  @IsOptional()
  @ValidateNested()
  filter?: UserFilter | null;

  @Field(() => [UserSort], {
    nullable: true,
    description: 'The most significant first; who registered last comes first unless told.',
  })
  @IsOptional()
  @ArrayMaxSize(2)
  @ArrayUnique()
  @IsEnum(UserSort, { each: true })
  sort?: UserSort[] | null;
}

import { ConnectionArguments } from '@supergraph/subgraph-kit';
import { ArrayMaxSize, IsEnum, IsOptional, Length, ValidateNested } from 'class-validator';
import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { OrganizationRole } from '../role/organization-role.ts';

@InputType({ description: 'Which members to list. What is left out does not matter.' })
export class MembershipFilter {
  @Field(() => [OrganizationRole], { nullable: true, description: 'Those with one of these roles.' })
  @IsOptional()
  @ArrayMaxSize(5)
  @IsEnum(OrganizationRole, { each: true })
  roles?: OrganizationRole[] | null;

  @Field(() => String, { nullable: true, description: 'Those whose name contains this, 1 to 100 characters.' })
  @IsOptional()
  @Length(1, 100)
  name?: string | null;
}

@ArgsType()
export class MembershipArguments extends ConnectionArguments {
  @Field(() => MembershipFilter, { nullable: true, description: 'Which of them.' })
  @IsOptional()
  @ValidateNested()
  filter?: MembershipFilter | null;
}

@InputType({ description: 'Another role for a member.' })
export class ChangeMemberRoleInput {
  @Field(() => ID, { description: 'Of the membership.' })
  membershipId!: string;

  @Field(() => OrganizationRole, { description: 'The new role; not above one’s own.' })
  @IsEnum(OrganizationRole)
  role!: OrganizationRole;
}

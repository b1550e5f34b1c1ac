import { ArrayMaxSize, MaxLength } from 'class-validator';
import { Field, InputType } from 'type-graphql';

const MAX_PERMISSIONS = 200;
const MAX_NAME_LENGTH = 100;

@InputType({ description: 'What a role is to allow from now on.' })
export class SetRolePermissionsInput {
  @Field(() => String, { description: 'The role’s name.' })
  @MaxLength(MAX_NAME_LENGTH)
  role!: string;

  @Field(() => [String], { description: 'All that it is to allow; what is left out it allows no more. Up to 200.' })
  @ArrayMaxSize(MAX_PERMISSIONS)
  @MaxLength(MAX_NAME_LENGTH, { each: true })
  permissions!: string[];
}

import { Field, ID, InputType, Int } from 'type-graphql';
import { IsDisplayName } from '../user/profile.rule.ts';

@InputType({ description: 'A new organization that is to be shared with others.' })
export class CreateOrganizationInput {
  @Field(() => String, { description: 'As its members call it, up to 100 characters.' })
  @IsDisplayName()
  name!: string;
}

@InputType({ description: 'Another name for an organization.' })
export class RenameOrganizationInput {
  @Field(() => ID, { description: 'Of the organization one acts for.' })
  id!: string;

  @Field(() => Int, { description: 'The `version` that was read before.' })
  version!: number;

  @Field(() => String, { description: 'As its members call it, up to 100 characters.' })
  @IsDisplayName()
  name!: string;
}

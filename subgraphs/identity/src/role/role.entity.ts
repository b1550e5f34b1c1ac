import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';

export enum RoleScope {
  PLATFORM = 'PLATFORM',
  ORGANIZATION = 'ORGANIZATION',
}

registerEnumType(RoleScope, {
  name: 'RoleScope',
  description: 'Where a role counts.',
  valuesConfig: {
    PLATFORM: { description: 'In the platform itself.' },
    ORGANIZATION: { description: 'In the organization somebody acts for.' },
  },
});

@Directive('@authenticated')
@ObjectType({ description: 'A name for a set of permissions.' })
@Entity()
export class Role {
  @Field(() => String, { description: 'A value of `PlatformRole` or `OrganizationRole`.' })
  @PrimaryKey({ type: 'text' })
  name!: string;

  @Field(() => RoleScope, { description: 'Where it counts.' })
  @Property({ type: 'text' })
  scope!: RoleScope;

  @Field(() => String, { description: 'For whom it is meant.' })
  @Property({ type: 'text' })
  description!: string;
}

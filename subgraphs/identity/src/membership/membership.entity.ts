import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { OrganizationRole } from '../role/organization-role.ts';

/** That a user belongs to an organization, and as what. */
@Entity()
export class Membership {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Property({ type: 'uuid' })
  userId!: string;

  @Property({ type: 'text' })
  role!: OrganizationRole;

  @Property({ type: 'datetime' })
  createdAt!: Date;
}

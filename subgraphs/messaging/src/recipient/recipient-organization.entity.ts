import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** Whether somebody belongs to an organization, and as what, as far as the events of identity have told. */
@Entity()
export class RecipientOrganization {
  @PrimaryKey({ type: 'uuid' })
  organizationId!: string;

  @PrimaryKey({ type: 'uuid' })
  userId!: string;

  @Property({ type: 'text' })
  role!: string;

  @Property({ type: 'boolean' })
  member!: boolean;

  @Property({ type: 'datetime' })
  asOf!: Date;
}

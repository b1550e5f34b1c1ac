import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** Whom business belongs to. */
@Entity()
export class Organization {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'text' })
  name!: string;

  /** The user whose personal organization this is; nobody else can join it. */
  @Property({ type: 'uuid', nullable: true })
  personalTo?: string | null;

  @Property({ type: 'integer', version: true })
  version!: number;

  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Property({ type: 'datetime' })
  updatedAt!: Date;

  @Property({ type: 'datetime', nullable: true })
  deletedAt?: Date | null;
}

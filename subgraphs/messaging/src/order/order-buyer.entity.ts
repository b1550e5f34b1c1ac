import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** Whom to tell of an order, by what was heard when it was placed. Seen by the system only. */
@Entity()
export class OrderBuyer {
  @PrimaryKey({ type: 'uuid' })
  orderId!: string;

  @Property({ type: 'text' })
  number!: string;

  /** Null for a guest's, of whom there is the address instead. */
  @Property({ type: 'uuid', nullable: true })
  userId?: string | null;

  @Property({ type: 'text', nullable: true })
  email?: string | null;

  @Property({ type: 'datetime' })
  placedAt!: Date;
}

import { BigIntType } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** What of a refund is of which shop, and how much commission and tax is within. */
@Entity()
export class RefundShare {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  refundId!: string;

  @Property({ type: 'uuid' })
  shopId!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Property({ type: 'uuid', nullable: true })
  userId?: string | null;

  @Property({ type: new BigIntType('number') })
  amount!: number;

  @Property({ type: new BigIntType('number') })
  commission!: number;

  @Property({ type: new BigIntType('number') })
  tax!: number;
}

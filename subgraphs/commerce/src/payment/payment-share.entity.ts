import { BigIntType, OptionalProps } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Directive, ObjectType } from 'type-graphql';

@Directive('@authenticated')
@ObjectType({ description: 'What of a payment is for one shop.' })
@Entity()
export class PaymentShare {
  [OptionalProps]?: 'refunded' | 'refundedCommission' | 'refundedTax';

  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  paymentId!: string;

  @Property({ type: 'uuid' })
  shopId!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Property({ type: 'uuid', nullable: true })
  userId?: string | null;

  @Property({ type: 'text' })
  currency!: string;

  /** What the buyer pays for it, commission and tax within. */
  @Property({ type: new BigIntType('number') })
  amount!: number;

  @Property({ type: new BigIntType('number') })
  commission!: number;

  @Property({ type: new BigIntType('number') })
  tax!: number;

  /** Given back or asked to be given back. */
  @Property({ type: new BigIntType('number') })
  refunded: number = 0;

  @Property({ type: new BigIntType('number') })
  refundedCommission: number = 0;

  @Property({ type: new BigIntType('number') })
  refundedTax: number = 0;

  /** Takes a part out of it; a negative one puts it back. */
  takeBack({ amount, commission, tax }: { amount: number; commission: number; tax: number }, sign: 1 | -1 = 1): void {
    this.refunded += sign * amount;
    this.refundedCommission += sign * commission;
    this.refundedTax += sign * tax;
  }
}

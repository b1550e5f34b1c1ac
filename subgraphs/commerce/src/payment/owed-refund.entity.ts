import { BigIntType } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

export enum OwedRefundState {
  /** It has not been asked for: its payment may still have to be captured. */
  OWED = 'OWED',
  /** Its refund is there, or nothing was left to give back. */
  ASKED = 'ASKED',
  /** No money was taken, so that none goes back. */
  VOID = 'VOID',
}

/** How long a payment is waited for before somebody looks; its event comes first where nothing is amiss. */
const LOOK_AGAIN_MS = 60_000;

/** Money that has to go back to a buyer, noted in the transaction that makes it so. */
@Entity()
export class OwedRefund {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  /** A cancellation or return. */
  @Property({ type: 'uuid' })
  causeId!: string;

  @Property({ type: 'uuid' })
  orderId!: string;

  @Property({ type: 'uuid' })
  shopOrderId!: string;

  @Property({ type: 'uuid' })
  paymentId!: string;

  @Property({ type: 'uuid' })
  shopId!: string;

  @Property({ type: 'uuid', nullable: true })
  requestedBy?: string | null;

  @Property({ type: new BigIntType('number') })
  amount!: number;

  @Property({ type: 'text' })
  currency!: string;

  @Property({ type: 'text' })
  reason!: string;

  @Property({ type: 'text' })
  state!: OwedRefundState;

  @Property({ type: 'uuid', nullable: true })
  refundId?: string | null;

  @Property({ type: 'datetime', nullable: true })
  askAfter?: Date | null;

  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Property({ type: 'datetime', nullable: true })
  settledAt?: Date | null;

  /** Its payment is not decided yet. */
  wait(now: Date): void {
    this.askAfter = new Date(now.getTime() + LOOK_AGAIN_MS);
  }

  /** @param refundId absent when nothing was left to give back */
  ask(refundId: string | undefined, now: Date): void {
    this.settle(OwedRefundState.ASKED, now);
    this.refundId = refundId ?? null;
  }

  void(now: Date): void {
    this.settle(OwedRefundState.VOID, now);
  }

  private settle(to: OwedRefundState, now: Date): void {
    this.state = to;
    this.settledAt = now;
    this.askAfter = null;
  }
}

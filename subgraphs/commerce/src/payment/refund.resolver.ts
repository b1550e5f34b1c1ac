import { Money } from '@supergraph/subgraph-kit';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { Shop } from '../shop/shop.entity.ts';
import { PaymentShare } from './payment-share.entity.ts';
import { Payment } from './payment.entity.ts';
import { maySeeAsShop } from './payment.policy.ts';
import { Refund } from './refund.entity.ts';

@Resolver(() => Refund)
export class RefundResolver {
  @FieldResolver(() => Payment, { nullable: true, description: 'Of which payment it is.' })
  payment(@Root() { paymentId }: Refund, @Ctx() { loaders }: CommerceContext): Promise<Payment | null> {
    return loaders.paymentById.load(paymentId);
  }

  @FieldResolver(() => Money, { description: 'How much it is: all of it, or the part of the shop that asks.' })
  async amount(@Root() { id, currency }: Refund, @Ctx() { loaders }: CommerceContext): Promise<Money> {
    const parts = await loaders.partsOfRefund.load(id);
    return new Money(
      parts.reduce((sum, part) => sum + part.amount, 0),
      currency,
    );
  }

  @FieldResolver(() => String, { nullable: true, description: 'Why the money could not be given back.' })
  failureReason(@Root() { failureReason }: Refund): string | null {
    return failureReason ?? null;
  }
}

@Resolver(() => PaymentShare)
export class PaymentShareResolver {
  @FieldResolver(() => Shop, { nullable: true, description: 'Whose part it is; null for a shop that cannot be seen.' })
  shop(@Root() { shopId }: PaymentShare, @Ctx() { loaders }: CommerceContext): Promise<Shop | null> {
    return loaders.shopById.load(shopId);
  }

  @FieldResolver(() => Money, { description: 'What the buyer pays for it, tax within.' })
  amount(@Root() { amount, currency }: PaymentShare): Money {
    return new Money(amount, currency);
  }

  @FieldResolver(() => Money, { description: 'What of it was given back, or is about to be.' })
  refunded(@Root() { refunded, currency }: PaymentShare): Money {
    return new Money(refunded, currency);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'The tax within.' })
  tax(@Root() { tax, currency }: PaymentShare): Money {
    return new Money(tax, currency);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'The platform’s share within. For the shop’s own people and staff.',
  })
  commission(@Root() share: PaymentShare, @Ctx() { session }: CommerceContext): Money | null {
    return maySeeAsShop(session, share) ? new Money(share.commission, share.currency) : null;
  }
}

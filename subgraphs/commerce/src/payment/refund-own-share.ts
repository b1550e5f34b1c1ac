import { badUserInput, notFound, parseId, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { Shop } from '../shop/shop.entity.ts';
import { PaymentShare } from './payment-share.entity.ts';
import type { RefundPaymentInput } from './payment.inputs.ts';
import { mayMoveMoney } from './payment.policy.ts';
import { refundPayment } from './refund-payment.ts';
import type { Refund } from './refund.entity.ts';

/** A shop gives money back out of what it was paid itself. What is of another organization is `NOT_FOUND`. */
export async function refundOwnShare(work: CommerceWork, input: RefundPaymentInput): Promise<Refund> {
  permit(work.session, mayMoveMoney(work.session));
  const share = await findOwnShare(work, input);
  const { amount, currency } = input.amount;
  if (currency !== share.currency) {
    throw badUserInput([{ path: 'input.amount', message: `The payment was in ${share.currency}.` }]);
  }
  const { paymentId, shopId } = share;
  const { reason, idempotencyKey } = input;
  return refundPayment(work, { paymentId, shopId, amount, reason, idempotencyKey });
}

function findOwnShare(work: CommerceWork, { paymentId, shopId }: RefundPaymentInput): Promise<PaymentShare> {
  return asSystem(work, async () => {
    if (shopId) {
      const shop = await work.em.findOne(Shop, { id: parseId('Shop', shopId) });
      if (!shop || !mayMoveMoney(work.session, shop)) throw notFound('Shop');
    }
    const of = { paymentId: parseId('Payment', paymentId), ...(shopId && { shopId: shopId.toLowerCase() }) };
    const own = (await work.em.find(PaymentShare, of)).filter((share) => mayMoveMoney(work.session, share));
    if (own.length === 0) throw notFound('Payment');
    if (own.length > 1) {
      throw badUserInput([{ path: 'input.shopId', message: 'Say which shop: several of yours have a part of it.' }]);
    }
    return own[0]!;
  });
}

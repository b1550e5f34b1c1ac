import type { CommerceWork } from '../context.ts';
import type { CommerceEvents } from '../events.ts';
import type { Payment } from './payment.entity.ts';
import type { Refund } from './refund.entity.ts';
import { takeShares } from './take-payment.ts';

/** Announces what became of a payment, with the shops that it concerns. */
export async function publishPayment<
  Name extends 'payment.authorized' | 'payment.captured' | 'payment.failed' | 'payment.cancelled',
>(work: CommerceWork, name: Name, payment: Payment): Promise<void> {
  work.publish(name, (await paymentNamed(work, payment)) as CommerceEvents[Name]);
}

/** Likewise for money that is given back. */
export async function publishRefund<Name extends 'payment.refunded' | 'payment.refund_failed'>(
  work: CommerceWork,
  name: Name,
  payment: Payment,
  refund: Refund,
): Promise<void> {
  const given = { refundId: refund.id, refundAmount: refund.amount, refunded: payment.refunded, reason: refund.reason };
  work.publish(name, { ...(await paymentNamed(work, payment)), ...given } as CommerceEvents[Name]);
}

async function paymentNamed(work: CommerceWork, payment: Payment) {
  const { id: paymentId, orderId, userId, state, amount, currency, failureReason } = payment;
  const shops = (await takeShares(work, payment)).map((share) => {
    const { shopId, organizationId } = share;
    return { shopId, organizationId, amount: share.amount };
  });
  return {
    ...{ paymentId, orderId, state, amount, currency, shops },
    userId: userId ?? undefined,
    failureReason: failureReason ?? undefined,
  };
}

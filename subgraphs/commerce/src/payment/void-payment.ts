import { illegalTransition } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { carryOut } from './carry-out-payment.ts';
import { PaymentState, PendingStep } from './payment-state.ts';
import type { Payment } from './payment.entity.ts';
import { refuseWithin, withPayment } from './take-payment.ts';

/**
 * Gives a payment up before any money was taken, and has the provider let go of what is reserved. Asks the provider, so
 * never within a transaction; may be called any number of times.
 *
 * `CANCELLED`, `DECLINED` or `FAILED` is done. Any other state means that somebody was talking to the provider, or it did
 * not answer: the payment is given up as soon as that is known, and `payment.cancelled` tells.
 *
 * @throws `ILLEGAL_TRANSITION` when the money is taken, or is being taken: refund it
 */
export async function voidPayment(work: CommerceWork, { paymentId }: { paymentId: string }): Promise<Payment> {
  refuseWithin(work);
  const claim = await withPayment(work, paymentId, async (payment) => {
    if (payment.isTaken || payment.pending === PendingStep.CAPTURE) {
      throw illegalTransition('Payment', payment.state, PaymentState.CANCELLED);
    }
    if (payment.isGivenUp) return { payment, claimed: false };
    if (payment.isClaimed(work.now())) {
      // Whoever is talking to the provider notes the answer, and finds that it is to be given up.
      payment.want(PendingStep.VOID, work.now(), payment.claimedUntil!);
      return { payment, claimed: false };
    }
    payment.claim(PendingStep.VOID, work.now());
    return { payment, claimed: true };
  });
  return claim.claimed ? carryOut(work, claim.payment, true) : claim.payment;
}

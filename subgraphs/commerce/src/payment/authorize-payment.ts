import type { CommerceWork } from '../context.ts';
import { carryOut } from './carry-out-payment.ts';
import { PaymentState, PendingStep } from './payment-state.ts';
import type { Payment } from './payment.entity.ts';
import { refuseWithin, withPayment } from './take-payment.ts';

/**
 * Has the money of a payment reserved. Asks the provider, so never within a transaction; may be called any number of
 * times, also to learn what became of it after the buyer has done what `nextAction` says.
 *
 * Look at the state of what comes back: `AUTHORIZED`, `DECLINED` or `FAILED` are decided. `CREATED` is not: with a
 * `nextAction` the buyer has to do something, without one the provider's answer is still to come, and the event
 * `payment.authorized` or `payment.failed` with it.
 */
export async function authorizePayment(work: CommerceWork, { paymentId }: { paymentId: string }): Promise<Payment> {
  refuseWithin(work);
  const claim = await withPayment(work, paymentId, async (payment) => {
    const isOurs = payment.state === PaymentState.CREATED && payment.pending !== PendingStep.VOID;
    if (!isOurs || payment.isClaimed(work.now())) return { payment, claimed: false, again: false };
    const again = payment.pending === PendingStep.AUTHORIZE;
    payment.claim(PendingStep.AUTHORIZE, work.now());
    return { payment, claimed: true, again };
  });
  return claim.claimed ? carryOut(work, claim.payment, claim.again) : claim.payment;
}

import { illegalTransition } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { carryOut } from './carry-out-payment.ts';
import { PaymentState, PendingStep } from './payment-state.ts';
import type { Payment } from './payment.entity.ts';
import { refuseWithin, withPayment } from './take-payment.ts';

/**
 * Takes the money that was reserved, and posts it to the ledger by whose it is. Asks the provider, so never within a
 * transaction; may be called any number of times.
 *
 * `CAPTURED` (or later) is done. `AUTHORIZED` means that the answer is still to come, and `payment.captured` with it.
 *
 * @throws `ILLEGAL_TRANSITION` when nothing is reserved, or it is being given up
 */
export async function capturePayment(work: CommerceWork, { paymentId }: { paymentId: string }): Promise<Payment> {
  refuseWithin(work);
  const claim = await withPayment(work, paymentId, async (payment) => {
    if (payment.isTaken) return { payment, claimed: false, again: false };
    const isFree = payment.pending !== PendingStep.VOID;
    if (payment.state !== PaymentState.AUTHORIZED || !isFree) {
      throw illegalTransition('Payment', payment.state, PaymentState.CAPTURED);
    }
    const again = payment.pending === PendingStep.CAPTURE;
    if (again && payment.isClaimed(work.now())) return { payment, claimed: false, again };
    payment.claim(PendingStep.CAPTURE, work.now());
    return { payment, claimed: true, again };
  });
  return claim.claimed ? carryOut(work, claim.payment, claim.again) : claim.payment;
}

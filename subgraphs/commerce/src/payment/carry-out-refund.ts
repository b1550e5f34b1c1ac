import type { CommerceWork } from '../context.ts';
import type { Payment } from './payment.entity.ts';
import { ProviderRefusal, ProviderUnavailable } from './payment.provider.ts';
import { failRefund, recordRefundAnswer, takeRefund } from './record-refund-answer.ts';
import type { Refund } from './refund.entity.ts';
import { refuseWithin, withPayment } from './take-payment.ts';

/**
 * Asks the provider for a refund that was claimed, and notes its answer. Left in between, it is found by the job, which
 * asks first what became of it.
 *
 * @param again whether somebody may have asked before
 */
export async function carryOutRefund(
  work: CommerceWork,
  payment: Payment,
  refund: Refund,
  again: boolean,
): Promise<Refund> {
  refuseWithin(work);
  const provider = work.services.paymentProviders.named(payment.provider);
  const { id: refundId, amount, currency } = refund;
  const request = { refundId, payment: payment.providerReference!, amount, currency };
  try {
    const found = again ? await provider.findRefund(request) : undefined;
    const answer = found ?? (await provider.refund(request));
    return await note(async (locked, taken) => {
      const { outcome, reason } = await recordRefundAnswer(work, locked, taken, answer);
      if (outcome === 'CONFLICTING') work.log.error({ refundId, reason }, 'a provider contradicts us');
    });
  } catch (error) {
    if (error instanceof ProviderRefusal) {
      return note(async (locked, taken) => {
        if (taken.isPending) await failRefund(work, locked, taken, error.message);
      });
    }
    if (!(error instanceof ProviderUnavailable)) throw error;
    work.log.warn({ err: error, refundId }, 'a provider did not say what became of a refund');
    return note(async () => {});
  }

  function note(record: (locked: Payment, taken: Refund) => Promise<void>): Promise<Refund> {
    return withPayment(work, payment.id, async (locked) => {
      const taken = await takeRefund(work, refundId);
      await record(locked, taken);
      taken.claimedUntil = null;
      return taken;
    });
  }
}

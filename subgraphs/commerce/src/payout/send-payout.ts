import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { ProviderRefusal, ProviderUnavailable } from '../payment/payment.provider.ts';
import { refuseWithin } from '../payment/take-payment.ts';
import { PayoutState } from './payout.entity.ts';
import { failPayout, recordPayoutAnswer, takePayout } from './record-payout-answer.ts';

export const SEND_PAYOUT = 'send-payout';

/**
 * Has the provider pay a shop, or asks what became of it: claim, ask, note, so that it may be begun anew at any point.
 * Does nothing while somebody else is at it, and nothing to one that is decided.
 */
export async function sendPayout(work: CommerceWork, { payoutId }: { payoutId: string }): Promise<void> {
  refuseWithin(work);
  const claim = await asSystem(work, async () => {
    const payout = await takePayout(work, payoutId);
    const isHeld = payout.claimedUntil && payout.claimedUntil > work.now();
    if (!payout.isOpen || isHeld) return undefined;
    const again = payout.state !== PayoutState.PENDING;
    payout.claim(work.now());
    return { payout, again };
  });
  if (!claim) return;
  const { amount, currency, destination } = claim.payout;
  const request = { payoutId, amount, currency, destination };
  const provider = work.services.paymentProviders.named(claim.payout.provider);
  try {
    const found = claim.again ? await provider.findPayout(request) : undefined;
    const answer = found ?? (await provider.pay(request));
    const { outcome, reason } = await asSystem(work, () => recordPayoutAnswer(work, payoutId, answer));
    if (outcome === 'CONFLICTING') work.log.error({ payoutId, reason }, 'a provider contradicts us');
  } catch (error) {
    if (error instanceof ProviderRefusal) {
      await asSystem(work, async () => {
        const payout = await takePayout(work, payoutId);
        if (payout.isOpen) await failPayout(work, payout, error.message);
      });
    } else if (error instanceof ProviderUnavailable) {
      // Stays on its way: the job asks what became of it.
      work.log.warn({ err: error, payoutId }, 'a provider did not say what became of a payout');
    } else throw error;
  }
}

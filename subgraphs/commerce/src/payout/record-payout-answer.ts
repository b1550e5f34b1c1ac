import { LockMode } from '@mikro-orm/postgresql';
import type { CommerceWork } from '../context.ts';
import type { ProviderPayout } from '../payment/payment.provider.ts';
import { Payout, PayoutState } from './payout.entity.ts';
import { postPayoutFailed, postPayoutPaid } from './post-payout.ts';
import type { Verdict } from '../payment/verdict.ts';

/** A payout as it is now, locked until the transaction ends. As the system. */
export function takePayout(work: CommerceWork, id: string): Promise<Payout> {
  return work.em.findOneOrFail(Payout, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** Applies what a provider says of a payout; the same may be said any number of times. As the system. */
export async function recordPayoutAnswer(
  work: CommerceWork,
  id: string,
  answer: Pick<ProviderPayout, 'state' | 'reference' | 'amount' | 'currency' | 'reason'>,
): Promise<Verdict> {
  const payout = await takePayout(work, id);
  payout.claimedUntil = null;
  if (answer.amount !== payout.amount || answer.currency !== payout.currency) {
    const said = `${answer.amount} ${answer.currency}`;
    return { outcome: 'CONFLICTING', reason: `It says ${said}, of ${payout.amount} ${payout.currency}.` };
  }
  if (!payout.isOpen) {
    if ((payout.state as string) === answer.state) return { outcome: 'IGNORED', reason: 'This was known.' };
    const reason = `It says ${answer.state}, and the payout is ${payout.state}.`;
    return { outcome: answer.state === PayoutState.IN_TRANSIT ? 'STALE' : 'CONFLICTING', reason };
  }
  if (answer.state === 'IN_TRANSIT') {
    payout.providerReference ??= answer.reference;
    return { outcome: 'IGNORED', reason: 'This was known.' };
  }
  if (answer.state === 'SUCCEEDED') {
    payout.succeed(answer.reference, work.now());
    await work.em.flush();
    await postPayoutPaid(work, payout);
    publishPayout(work, 'payout.succeeded', payout);
  } else {
    await failPayout(work, payout, answer.reason ?? 'The provider could not pay it.');
  }
  return { outcome: 'APPLIED' };
}

/** Gives the balance back. The payout has to be locked. */
export async function failPayout(work: CommerceWork, payout: Payout, reason: string): Promise<void> {
  payout.fail(reason, work.now());
  await work.em.flush();
  await postPayoutFailed(work, payout);
  publishPayout(work, 'payout.failed', payout);
}

/** Announces what became of a payout, in its organization's name whoever caused it. */
export function publishPayout(
  work: CommerceWork,
  name: 'payout.requested' | 'payout.succeeded' | 'payout.failed',
  { id: payoutId, shopId, organizationId, amount, currency, failureReason }: Payout,
): void {
  const payload = { payoutId, shopId, organizationId, amount, currency, failureReason: failureReason ?? undefined };
  work.publish(name, payload, { organizationId });
}

import type { CommerceWork } from '../context.ts';
import type { Payment } from './payment.entity.ts';
import { RefundState } from './payment-state.ts';
import type { ProviderRefund } from './payment.provider.ts';
import { postRefundFailed, postRefundPaid } from './post-payment.ts';
import { publishRefund } from './publish-payment.ts';
import { RefundShare } from './refund-share.entity.ts';
import { Refund } from './refund.entity.ts';
import { takeShares } from './take-payment.ts';
import type { Verdict } from './verdict.ts';

/** A refund as it is now. Its payment has to be locked. */
export function takeRefund(work: CommerceWork, id: string): Promise<Refund> {
  return work.em.findOneOrFail(Refund, { id }, { refresh: true });
}

/** Applies what a provider says of a refund; the same may be said any number of times. Its payment has to be locked. */
export async function recordRefundAnswer(
  work: CommerceWork,
  payment: Payment,
  refund: Refund,
  answer: Pick<ProviderRefund, 'state' | 'reference' | 'amount' | 'currency' | 'reason'>,
): Promise<Verdict> {
  if (answer.amount !== refund.amount || answer.currency !== refund.currency) {
    const said = `${answer.amount} ${answer.currency}`;
    return { outcome: 'CONFLICTING', reason: `It says ${said}, of ${refund.amount} ${refund.currency}.` };
  }
  if (!refund.isPending) return settledBefore(refund, answer.state);
  if (answer.state === 'PENDING') return { outcome: 'IGNORED', reason: 'This was known.' };
  if (answer.state === 'SUCCEEDED') {
    refund.succeed(answer.reference, work.now());
    payment.refund(refund.amount, work.now());
    await work.em.flush();
    await postRefundPaid(work, refund);
    await publishRefund(work, 'payment.refunded', payment, refund);
  } else {
    await failRefund(work, payment, refund, answer.reason ?? 'The provider could not do it.');
  }
  return { outcome: 'APPLIED' };
}

/** The money stays where it was, and may be asked back again. The payment has to be locked. */
export async function failRefund(work: CommerceWork, payment: Payment, refund: Refund, reason: string): Promise<void> {
  refund.fail(reason, work.now());
  payment.releaseRefund(refund.amount, work.now());
  const parts = await work.em.find(RefundShare, { refundId: refund.id }, { orderBy: { shopId: 'asc' } });
  const shares = new Map((await takeShares(work, payment)).map((share) => [share.shopId, share]));
  for (const part of parts) shares.get(part.shopId)!.takeBack(part, -1);
  await work.em.flush();
  await postRefundFailed(work, refund, parts);
  await publishRefund(work, 'payment.refund_failed', payment, refund);
}

function settledBefore(refund: Refund, said: ProviderRefund['state']): Verdict {
  if (refund.state === (said as string)) return { outcome: 'IGNORED', reason: 'This was known.' };
  if (said === 'PENDING') return { outcome: 'STALE', reason: `The refund is ${refund.state} by now.` };
  const reason = `It says ${said}, and the refund is ${refund.state}.`;
  return { outcome: refund.state === RefundState.SUCCEEDED || said === 'SUCCEEDED' ? 'CONFLICTING' : 'STALE', reason };
}

import { badUserInput, conflict, IDEMPOTENCY_KEY, idempotencyConflict, notFound } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { carryOutRefund } from './carry-out-refund.ts';
import { RefundState } from './payment-state.ts';
import type { Payment } from './payment.entity.ts';
import { postRefundRequested } from './post-payment.ts';
import { RefundShare } from './refund-share.entity.ts';
import { Refund } from './refund.entity.ts';
import { splitRefund } from './split-refund.ts';
import { refuseWithin, takeShares, withPayment } from './take-payment.ts';

export interface NewRefund {
  readonly paymentId: string;
  /** In minor units of the payment's currency. */
  readonly amount: number;
  /** Whose part is given back; that of all shops, each by what is left of it, unless told. */
  readonly shopId?: string | undefined;
  /** For people to read, up to 500 characters. */
  readonly reason: string;
  /** Of the payment and shop: the same again is the same refund, for ever. */
  readonly idempotencyKey: string;
}

/**
 * Gives money back. The amount is kept for it first, under the payment's lock, and taken off what the shops are owed; then
 * the provider is asked, so never within a transaction. Policies are the caller's to check.
 *
 * `PENDING` means that the answer is still to come, and `payment.refunded` or `payment.refund_failed` with it.
 *
 * @throws `CONFLICT` when that much is not left; `IDEMPOTENCY_CONFLICT`
 */
export async function refundPayment(work: CommerceWork, input: NewRefund): Promise<Refund> {
  refuseWithin(work);
  check(input);
  const claim = await withPayment(work, input.paymentId, async (payment) => {
    const first = await firstRefund(work, input);
    if (first) return { payment, refund: first, isNew: false };
    return { payment, refund: await requestRefund(work, payment, input), isNew: true };
  });
  return claim.isNew ? carryOutRefund(work, claim.payment, claim.refund, false) : claim.refund;
}

function check({ amount, reason, idempotencyKey }: NewRefund): void {
  const problems = [];
  if (!Number.isSafeInteger(amount) || amount < 1) {
    problems.push({ path: 'amount', message: 'An amount is whole minor units above zero.' });
  }
  if (!IDEMPOTENCY_KEY.test(idempotencyKey)) {
    problems.push({ path: 'idempotencyKey', message: 'An idempotency key has 1 to 128 printable characters.' });
  }
  if (reason.trim() === '' || reason.length > 500) {
    problems.push({ path: 'reason', message: 'A reason has 1 to 500 characters.' });
  }
  if (problems.length > 0) throw badUserInput(problems);
}

async function firstRefund(work: CommerceWork, input: NewRefund): Promise<Refund | null> {
  const { paymentId, shopId = null, idempotencyKey } = input;
  const first = await work.em.findOne(Refund, { paymentId, shopId, idempotencyKey }, { refresh: true });
  if (first && (first.amount !== input.amount || first.reason !== input.reason.trim())) throw idempotencyConflict();
  return first;
}

/**
 * Keeps an amount for a refund and notes that it is to be asked for: the step before a provider is. The payment has to be
 * locked, and is asked for after the commit.
 *
 * @throws `CONFLICT` when that much is not left
 */
export async function requestRefund(
  work: CommerceWork,
  payment: Payment,
  input: NewRefund & { readonly requestedBy?: string | null | undefined },
): Promise<Refund> {
  const { amount, shopId } = input;
  const step = work.services.paymentProviders.named(payment.provider).smallestStep(payment.currency);
  if (amount % step !== 0) {
    const message = `An amount of ${payment.currency} has to be a multiple of ${step} minor units.`;
    throw badUserInput([{ path: 'amount', message }]);
  }
  const shares = (await takeShares(work, payment)).filter((share) => !shopId || share.shopId === shopId);
  if (shares.length === 0) throw notFound('Payment');
  const left = payment.isTaken ? shares.reduce((sum, share) => sum + share.amount - share.refunded, 0) : 0;
  if (amount > Math.min(left, payment.refundable)) throw conflict('There is not that much left to give back.');
  const now = work.now();
  const { id: paymentId, userId, currency } = payment;
  const refund = work.em.create(Refund, {
    ...{ id: work.newId(), paymentId, shopId: shopId ?? null, userId: userId ?? null, amount, currency },
    requestedBy: input.requestedBy ?? work.session.userId ?? null,
    idempotencyKey: input.idempotencyKey,
    reason: input.reason.trim(),
    state: RefundState.PENDING,
    createdAt: now,
  });
  refund.claim(now);
  payment.reserveRefund(amount, now);
  await work.em.flush();
  const parts = splitRefund(shares, amount).map(({ share, ...part }) => {
    share.takeBack(part);
    const { organizationId } = share;
    const whose = { refundId: refund.id, shopId: share.shopId, organizationId, userId: userId ?? null };
    return work.em.create(RefundShare, { id: work.newId(), ...whose, ...part });
  });
  await work.em.flush();
  await postRefundRequested(work, refund, parts);
  return refund;
}

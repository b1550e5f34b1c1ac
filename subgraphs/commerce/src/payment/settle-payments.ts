import type { JobRun } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { sendPayout } from '../payout/send-payout.ts';
import { carryOut } from './carry-out-payment.ts';
import { carryOutRefund } from './carry-out-refund.ts';
import { payOwedRefund } from './pay-owed-refund.ts';
import { takeRefund } from './record-refund-answer.ts';
import { withPayment } from './take-payment.ts';

/** As many as one run gets through, even when each waits for a provider that does not answer. */
const BATCH = 25;

const PAYMENTS = `select id from payment where pending is not null and ask_after <= ?
  order by ask_after limit ${BATCH}`;

const REFUNDS = `select id, payment_id from refund where state = 'PENDING' and ask_after <= ?
  order by ask_after limit ${BATCH}`;

const PAYOUTS = `select id from payout where state in ('PENDING', 'IN_TRANSIT') and ask_after <= ?
  order by ask_after limit ${BATCH}`;

const OWED = `select id from owed_refund where state = 'OWED' and ask_after <= ?
  order by ask_after limit ${BATCH}`;

/**
 * Finds what a provider was asked for and has not answered, or was answered to a process that is no more, and asks what
 * became of it. Each is claimed as by a request, so both may be at it. Runs every minute.
 */
export async function settlePayments(work: CommerceWork, _input: object, run?: JobRun): Promise<void> {
  const due = <Row extends { id: string }>(sql: string) =>
    asSystem(work, () => work.em.execute<Row[]>(sql, [work.now()]));
  for (const { id } of await due(PAYMENTS)) await attempt(work, run, { paymentId: id }, () => settlePayment(work, id));
  for (const { id, payment_id } of await due<{ id: string; payment_id: string }>(REFUNDS)) {
    await attempt(work, run, { refundId: id }, () => settleRefund(work, payment_id, id));
  }
  for (const { id } of await due(OWED)) {
    await attempt(work, run, { owedRefundId: id }, () => payOwedRefund(work, { owedRefundId: id }));
  }
  for (const { id } of await due(PAYOUTS)) {
    await attempt(work, run, { payoutId: id }, () => sendPayout(work, { payoutId: id }));
  }
}

async function settlePayment(work: CommerceWork, id: string): Promise<void> {
  const claimed = await withPayment(work, id, async (payment) => {
    if (!payment.pending || payment.isClaimed(work.now())) return undefined;
    payment.claim(payment.pending, work.now());
    return payment;
  });
  if (claimed) await carryOut(work, claimed, true);
}

async function settleRefund(work: CommerceWork, paymentId: string, id: string): Promise<void> {
  const claimed = await withPayment(work, paymentId, async (payment) => {
    const refund = await takeRefund(work, id);
    if (!refund.isPending || (refund.claimedUntil && refund.claimedUntil > work.now())) return undefined;
    refund.claim(work.now());
    return { payment, refund };
  });
  if (claimed) await carryOutRefund(work, claimed.payment, claimed.refund, true);
}

/** One that cannot be settled keeps no other from being. Its claim has put it to the end of the queue. */
async function attempt(work: CommerceWork, run: JobRun | undefined, what: object, settle: () => Promise<unknown>) {
  if (run?.signal.aborted) return;
  try {
    await settle();
  } catch (error) {
    work.log.error({ err: error, ...what }, 'a payment cannot be settled');
  }
  // Each sees what there is, not what an earlier one left behind.
  work.em.clear();
}

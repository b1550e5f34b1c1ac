import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { carryOutRefund } from './carry-out-refund.ts';
import { OwedRefund, OwedRefundState } from './owed-refund.entity.ts';
import type { Payment } from './payment.entity.ts';
import { requestRefund } from './refund-payment.ts';
import { refuseWithin, takeShares, withPayment } from './take-payment.ts';

/**
 * Asks for money that is owed to a buyer, once it was taken: until then it waits, and where it never will be there is nothing
 * to give back. That it was asked for is noted with the refund, under the payment's lock, so that it happens once however
 * often this runs and whoever dies; a refund that was noted and not answered is `settlePayments`' to find.
 */
export async function payOwedRefund(work: CommerceWork, { owedRefundId }: { owedRefundId: string }): Promise<void> {
  refuseWithin(work);
  const found = await asSystem(work, () => work.em.findOne(OwedRefund, { id: owedRefundId }));
  if (!found) return;
  const claim = await withPayment(work, found.paymentId, async (payment) => {
    const owed = await work.em.findOneOrFail(OwedRefund, { id: owedRefundId }, { refresh: true });
    if (owed.state !== OwedRefundState.OWED) return undefined;
    if (payment.isGivenUp) owed.void(work.now());
    else if (!payment.isTaken) owed.wait(work.now());
    else return ask(work, payment, owed);
    return undefined;
  });
  if (claim) await carryOutRefund(work, claim.payment, claim.refund, false);
}

async function ask(work: CommerceWork, payment: Payment, owed: OwedRefund) {
  const amount = await askable(work, payment, owed);
  if (amount === 0) {
    owed.ask(undefined, work.now());
    return undefined;
  }
  const { paymentId, shopId, reason, requestedBy } = owed;
  const idempotencyKey = `owed ${owed.id}`;
  const refund = await requestRefund(work, payment, { paymentId, shopId, amount, reason, idempotencyKey, requestedBy });
  owed.ask(refund.id, work.now());
  return { payment, refund };
}

const ASKED = `
select coalesce(sum(owed.amount), 0)::float8 as owed, coalesce(sum(refund.amount), 0)::float8 as asked
from owed_refund owed left join refund on refund.id = owed.refund_id
where owed.payment_id = ? and owed.shop_id = ? and owed.state = 'ASKED'`;

/**
 * What of it can be asked for now: no more than the shop has left of what it was paid, since it may have given some back of
 * its own accord; and where a provider takes only multiples of so many minor units, what is below that comes with the next.
 */
async function askable(work: CommerceWork, payment: Payment, owed: OwedRefund): Promise<number> {
  const share = (await takeShares(work, payment)).find(({ shopId }) => shopId === owed.shopId);
  const left = share ? Math.min(share.amount - share.refunded, payment.refundable) : 0;
  const step = work.services.paymentProviders.named(payment.provider).smallestStep(payment.currency);
  const [before] = await work.em.execute<[{ owed: number; asked: number }]>(ASKED, [payment.id, owed.shopId]);
  const wanted = step === 1 ? owed.amount : before.owed - before.asked + owed.amount;
  const amount = Math.min(wanted, left);
  return amount - (amount % step);
}

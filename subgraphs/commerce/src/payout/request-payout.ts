import { badUserInput, conflict, idempotencyConflict, notFound, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { balanceOf } from '../ledger/balance-of.ts';
import { mayMoveMoney } from '../payment/payment.policy.ts';
import { takeShop } from '../shop/take-shop.ts';
import { Payout, PayoutState } from './payout.entity.ts';
import type { RequestPayoutInput } from './payout.inputs.ts';
import { postPayoutRequested } from './post-payout.ts';
import { publishPayout } from './record-payout-answer.ts';
import { SEND_PAYOUT } from './send-payout.ts';

/**
 * Has a part of a shop's balance paid out. It leaves the balance at once; the provider is asked by a job.
 *
 * @throws `CONFLICT` when there is not that much; `IDEMPOTENCY_CONFLICT`
 */
export async function requestPayout(work: CommerceWork, input: RequestPayoutInput): Promise<Payout> {
  permit(work.session, mayMoveMoney(work.session));
  const { amount, currency } = input.amount;
  const provider = work.services.paymentProviders.current;
  check(input, provider.smallestStep(currency));
  return asSystem(work, async () => {
    // The shop is locked: of two that would each take the whole balance, one does.
    const shop = await takeShop(work, input.shopId);
    if (!mayMoveMoney(work.session, shop)) throw notFound('Shop');
    const { idempotencyKey, destination } = input;
    const first = await work.em.findOne(Payout, { shopId: shop.id, idempotencyKey });
    if (first) {
      const isSame = first.amount === amount && first.currency === currency && first.destination === destination;
      if (!isSame) throw idempotencyConflict();
      return first;
    }
    const balance = await balanceOf(work.em, shop.id, currency);
    if (amount > balance) throw conflict('The balance is less than that.');
    const payout = work.em.create(Payout, {
      ...{ id: work.newId(), shopId: shop.id, organizationId: shop.organizationId },
      ...{ idempotencyKey, amount, currency, destination },
      requestedBy: work.session.userId ?? null,
      provider: provider.name,
      state: PayoutState.PENDING,
      askAfter: work.now(),
      createdAt: work.now(),
    });
    await work.em.flush();
    await postPayoutRequested(work, payout);
    publishPayout(work, 'payout.requested', payout);
    work.schedule({ name: SEND_PAYOUT, data: { payoutId: payout.id }, key: payout.id });
    return payout;
  });
}

function check({ amount: { amount, currency } }: RequestPayoutInput, step: number): void {
  if (amount > 0 && amount % step === 0) return;
  const message = `An amount is above zero, and one of ${currency} a multiple of ${step} minor units.`;
  throw badUserInput([{ path: 'input.amount', message }]);
}

import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { PaymentState } from '../payment/payment-state.ts';
import { Payment } from '../payment/payment.entity.ts';
import type { ProviderPayment, ProviderPaymentState } from '../payment/payment.provider.ts';
import { refuseWithin } from '../payment/take-payment.ts';
import type { Disagreement } from './reconciliation.types.ts';

/** The payments that changed last; each costs a call. */
const COMPARED = 20;
const AT_ONCE = 5;

const OPEN: readonly ProviderPaymentState[] = ['OPEN', 'ACTION_REQUIRED', 'PROCESSING'];
const OVER: readonly ProviderPaymentState[] = ['DECLINED', 'CANCELLED', 'FAILED', 'OPEN'];

/** How a payment may stand at the provider. */
const EXPECTED: Readonly<Record<PaymentState, readonly ProviderPaymentState[]>> = {
  [PaymentState.CREATED]: OPEN,
  [PaymentState.AUTHORIZED]: ['AUTHORIZED'],
  [PaymentState.CAPTURED]: ['CAPTURED'],
  [PaymentState.PARTIALLY_REFUNDED]: ['CAPTURED'],
  [PaymentState.REFUNDED]: ['CAPTURED'],
  [PaymentState.DECLINED]: OVER,
  [PaymentState.CANCELLED]: OVER,
  [PaymentState.FAILED]: OVER,
};

/** Asks the provider how the latest payments stand, but for those that it is being asked about anyway. */
export async function compareWithProvider(
  work: CommerceWork,
): Promise<{ comparedCount: number; found: Disagreement[] }> {
  refuseWithin(work);
  const latest = await asSystem(work, () =>
    work.em.find(
      Payment,
      { providerReference: { $ne: null }, pending: null },
      { orderBy: { updatedAt: 'desc', id: 'desc' }, limit: COMPARED },
    ),
  );
  const found: Disagreement[] = [];
  for (let at = 0; at < latest.length; at += AT_ONCE) {
    const reasons = await Promise.all(latest.slice(at, at + AT_ONCE).map((payment) => disagreement(work, payment)));
    found.push(...reasons.flatMap((one) => one ?? []));
  }
  return { comparedCount: latest.length, found };
}

async function disagreement(work: CommerceWork, payment: Payment): Promise<Disagreement | undefined> {
  const found = (reason: string) => ({ about: payment.id, reason, noticedAt: work.now() });
  let answer: ProviderPayment;
  try {
    answer = await work.services.paymentProviders.named(payment.provider).find(payment.providerReference!);
  } catch (error) {
    work.log.warn({ err: error, paymentId: payment.id }, 'a payment cannot be compared');
    return found('The provider could not be asked.');
  }
  const { state, amount, captured, currency } = answer;
  if (!EXPECTED[payment.state].includes(state))
    return found(`The provider has it as ${state}, we as ${payment.state}.`);
  if (amount !== payment.amount || currency !== payment.currency || captured !== payment.captured) {
    const theirs = `${captured} of ${amount} ${currency}`;
    return found(`The provider took ${theirs}, we ${payment.captured} of ${payment.amount} ${payment.currency}.`);
  }
  return undefined;
}

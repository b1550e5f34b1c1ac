import type { CommerceWork } from '../context.ts';
import type { Payment } from './payment.entity.ts';
import { PaymentState, PendingStep } from './payment-state.ts';
import type { ProviderPayment } from './payment.provider.ts';
import { postCapture } from './post-payment.ts';
import { publishPayment } from './publish-payment.ts';
import { takeShares } from './take-payment.ts';
import type { Verdict } from './verdict.ts';

/** Without a reference it is what we know ourselves, of a payment that never got to the provider. */
export type PaymentAnswer = Omit<ProviderPayment, 'reference'> & { readonly reference?: string };

const APPLIED: Verdict = { outcome: 'APPLIED' };
const KNOWN: Verdict = { outcome: 'IGNORED', reason: 'This was known.' };
const stale = (payment: Payment): Verdict => ({ outcome: 'STALE', reason: `The payment is ${payment.state} by now.` });
const conflicting = (reason: string): Verdict => ({ outcome: 'CONFLICTING', reason });

/**
 * Applies what a provider says of a payment, whether it answers us, tells us by an event, or was asked later. It only
 * ever goes forward, so the same may be said any number of times and in any order. The payment has to be locked.
 */
export async function recordPaymentAnswer(
  work: CommerceWork,
  payment: Payment,
  answer: PaymentAnswer,
): Promise<Verdict> {
  if (answer.amount !== payment.amount || answer.currency !== payment.currency) {
    return conflicting(`It says ${answer.amount} ${answer.currency}, of ${payment.amount} ${payment.currency}.`);
  }
  if (payment.providerReference && answer.reference && payment.providerReference !== answer.reference) {
    return conflicting(`It is known as ${payment.providerReference}, not ${answer.reference}.`);
  }
  if (answer.reference) payment.providerReference = answer.reference;
  switch (answer.state) {
    case 'OPEN':
    case 'PROCESSING':
      return payment.state === PaymentState.CREATED ? KNOWN : stale(payment);
    case 'ACTION_REQUIRED':
      return requireAction(work, payment, answer);
    case 'AUTHORIZED':
      return authorize(work, payment);
    case 'CAPTURED':
      return capture(work, payment, answer);
    case 'CANCELLED':
      return cancel(work, payment);
    case 'DECLINED':
    case 'FAILED':
      return refuse(work, payment, answer);
  }
}

function requireAction(work: CommerceWork, payment: Payment, { nextAction = {} }: PaymentAnswer): Verdict {
  if (payment.state !== PaymentState.CREATED) return stale(payment);
  if (payment.nextAction) return KNOWN;
  payment.requireAction(nextAction, work.now());
  return APPLIED;
}

async function authorize(work: CommerceWork, payment: Payment): Promise<Verdict> {
  if (payment.state === PaymentState.AUTHORIZED) return KNOWN;
  if (payment.isTaken) return stale(payment);
  if (payment.isGivenUp) {
    // The buyer's money is held for nothing: let it go.
    if (payment.pending === PendingStep.VOID) return KNOWN;
    payment.want(PendingStep.VOID, work.now());
    return { outcome: 'APPLIED', reason: 'It was given up before, and is let go.' };
  }
  payment.authorize(work.now());
  if (payment.pending === PendingStep.AUTHORIZE) payment.settle();
  await publishPayment(work, 'payment.authorized', payment);
  return APPLIED;
}

async function capture(work: CommerceWork, payment: Payment, { captured }: PaymentAnswer): Promise<Verdict> {
  if (captured !== payment.amount) return conflicting(`It says ${captured} of ${payment.amount} were taken.`);
  if (payment.isTaken) return KNOWN;
  if (payment.isGivenUp) return conflicting(`It was taken, and the payment is ${payment.state}.`);
  payment.capture(work.now());
  payment.settle();
  await work.em.flush();
  await postCapture(work, payment, await takeShares(work, payment));
  await publishPayment(work, 'payment.captured', payment);
  return APPLIED;
}

async function cancel(work: CommerceWork, payment: Payment): Promise<Verdict> {
  if (payment.isTaken) return conflicting(`It was cancelled, and the payment is ${payment.state}.`);
  const wasOpen = !payment.isGivenUp;
  if (!wasOpen && !payment.pending) return KNOWN;
  if (wasOpen) payment.cancel(work.now());
  payment.settle();
  if (wasOpen) await publishPayment(work, 'payment.cancelled', payment);
  return APPLIED;
}

async function refuse(work: CommerceWork, payment: Payment, { state, reason }: PaymentAnswer): Promise<Verdict> {
  if (payment.isGivenUp) {
    if (!payment.pending) return KNOWN;
    payment.settle();
    return APPLIED;
  }
  // A bank's no to an authorisation cannot undo one that it gave; only the provider's own failure can.
  if (payment.isTaken || (payment.state === PaymentState.AUTHORIZED && state === 'DECLINED')) return stale(payment);
  if (state === 'DECLINED') payment.decline(reason ?? 'The bank said no.', work.now());
  else payment.fail(reason ?? 'The provider could not do it.', work.now());
  payment.settle();
  await publishPayment(work, 'payment.failed', payment);
  return APPLIED;
}

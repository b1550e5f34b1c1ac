import type { CommerceWork } from '../context.ts';
import { PaymentState, PendingStep } from './payment-state.ts';
import { Payment } from './payment.entity.ts';
import {
  type PaymentProvider,
  type ProviderPayment,
  ProviderRefusal,
  ProviderUnavailable,
} from './payment.provider.ts';
import { recordPaymentAnswer } from './record-payment-answer.ts';
import { refuseWithin, withPayment } from './take-payment.ts';

/**
 * Asks the provider for the step that was claimed, and notes its answers: one transaction before each call was committed,
 * another comes after it. Whoever dies in between leaves the claim, and the job that finds it runs this again; the
 * provider then says first what became of the step.
 *
 * @param again whether somebody may have asked before
 */
export async function carryOut(work: CommerceWork, payment: Payment, again: boolean): Promise<Payment> {
  refuseWithin(work);
  const provider = work.services.paymentProviders.named(payment.provider);
  try {
    const answer = await ask(work, provider, payment, again);
    return await withPayment(work, payment.id, async (locked) => {
      if (answer) {
        const { outcome, reason } = await recordPaymentAnswer(work, locked, answer);
        if (outcome === 'CONFLICTING') work.log.error({ paymentId: locked.id, reason }, 'a provider contradicts us');
      } else {
        // Nothing of it is there, so there is nothing to give up.
        await recordGivenUp(work, locked);
      }
      locked.letGo(work.now());
      return locked;
    });
  } catch (error) {
    if (error instanceof ProviderRefusal) return recordRefusal(work, payment, error);
    if (!(error instanceof ProviderUnavailable)) throw error;
    work.log.warn({ err: error, paymentId: payment.id }, 'a provider did not say what became of a payment');
    return withPayment(work, payment.id, async (locked) => {
      locked.letGo(work.now());
      return locked;
    });
  }
}

/** The provider's last word on the claimed step; `undefined` when it was never told of the payment. */
async function ask(
  work: CommerceWork,
  provider: PaymentProvider,
  payment: Payment,
  again: boolean,
): Promise<ProviderPayment | undefined> {
  const { id: paymentId, orderId, amount, currency, method, pending: step } = payment;
  const request = { paymentId, orderId, amount, currency, method };
  let reference = payment.providerReference;
  if (!reference) {
    if (step === PendingStep.VOID) return undefined;
    // Noted before anything can happen to it: from here on we can ask by its name.
    ({ reference } = await provider.open(request));
    await withPayment(work, payment.id, async (locked) => void (locked.providerReference ??= reference!));
  } else if (again) {
    const now = await provider.find(reference);
    if (!isStillToDo(step, now)) return now;
  }
  if (step === PendingStep.CAPTURE) return provider.capture(reference, request);
  if (step === PendingStep.VOID) return provider.cancel(reference, request);
  return provider.authorize(reference, request);
}

function isStillToDo(step: PendingStep | null | undefined, { state }: ProviderPayment): boolean {
  if (step === PendingStep.AUTHORIZE) return state === 'OPEN';
  if (step === PendingStep.CAPTURE) return state === 'AUTHORIZED';
  return step === PendingStep.VOID && !['CANCELLED', 'CAPTURED', 'DECLINED', 'FAILED'].includes(state);
}

async function recordGivenUp(work: CommerceWork, payment: Payment): Promise<void> {
  // Unless somebody has opened it meanwhile: then there is something to give up, and the job will.
  if (payment.providerReference) return;
  const { id: paymentId, amount, currency } = payment;
  const unknown = { kind: 'PAYMENT', state: 'CANCELLED', captured: 0 } as const;
  await recordPaymentAnswer(work, payment, { ...unknown, paymentId, amount, currency });
}

/** A no for good. To an authorisation it is the end; to anything else a person has to look at it. */
async function recordRefusal(work: CommerceWork, { id, pending: step }: Payment, error: ProviderRefusal) {
  return withPayment(work, id, async (locked) => {
    const { amount, currency } = locked;
    if (step === PendingStep.AUTHORIZE && locked.state === PaymentState.CREATED) {
      const refused = { kind: 'PAYMENT', state: 'FAILED', captured: 0, reason: error.message } as const;
      await recordPaymentAnswer(work, locked, { ...refused, paymentId: id, amount, currency });
    } else {
      work.log.error({ err: error, paymentId: id, step }, 'a provider refuses what it has to do');
    }
    locked.letGo(work.now());
    return locked;
  });
}

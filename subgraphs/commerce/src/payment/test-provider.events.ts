import { createHash } from 'node:crypto';
import type { CommerceWork } from '../context.ts';
import type { ProviderPayment, ProviderPaymentState, ProviderPayout, ProviderRefund } from './payment.provider.ts';
import { receiveProviderEvent } from './receive-provider-event.ts';
import { change, recall, type TestObject } from './test-provider.objects.ts';

export const DELIVER_TEST_EVENT = 'deliver-test-provider-event';

type Subject = ProviderPayment | ProviderRefund | ProviderPayout;

interface TestEvent {
  readonly eventId: string;
  readonly subject: Subject;
}

/** Tells us later, as a provider does: by a job, which brings it as often as it is told to. */
export function announce(work: CommerceWork, subject: Subject, times = 1): void {
  const event: TestEvent = { eventId: `test_event_${work.newId()}`, subject };
  for (let time = 0; time < times; time += 1) work.schedule({ name: DELIVER_TEST_EVENT, data: event });
}

/** What was on its way has arrived at the provider, and it tells us. */
export async function deliverTestEvent(work: CommerceWork, { eventId, subject }: TestEvent): Promise<void> {
  await work.transaction(async () => {
    const object = await recall(work, subject.reference);
    const isOnItsWay = object && ['PROCESSING', 'PENDING', 'IN_TRANSIT'].includes(object.state);
    if (isOnItsWay) await change(work, object, subject.state);
  });
  const payloadHash = createHash('sha256').update(JSON.stringify(subject)).digest();
  const kind = `${subject.kind.toLowerCase()}.${subject.state.toLowerCase()}`;
  await receiveProviderEvent(work, { provider: 'TEST', id: eventId, kind, payloadHash, subject });
}

export function paymentOf(object: TestObject): ProviderPayment {
  const { reference, subject_id: paymentId, amount, captured, currency } = object;
  const state = object.state as ProviderPaymentState;
  return {
    kind: 'PAYMENT',
    ...{ reference, paymentId, state, amount, captured, currency },
    ...(state === 'ACTION_REQUIRED' && { nextAction: { url: `https://payments.example.com/actions/${reference}` } }),
    ...(state === 'DECLINED' && { reason: 'The card was declined.' }),
  };
}

export function refundOf({ reference, subject_id: refundId, state, amount, currency }: TestObject): ProviderRefund {
  const failed = state === 'FAILED' && { reason: 'The card does not take money back.' };
  return {
    kind: 'REFUND',
    ...{ reference, refundId, amount, currency },
    state: state as ProviderRefund['state'],
    ...failed,
  };
}

export function payoutOf({ reference, subject_id: payoutId, state, amount, currency }: TestObject): ProviderPayout {
  return { kind: 'PAYOUT', ...{ reference, payoutId, amount, currency }, state: state as ProviderPayout['state'] };
}

import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { recordPayoutAnswer } from '../payout/record-payout-answer.ts';
import { Payout } from '../payout/payout.entity.ts';
import { Payment } from './payment.entity.ts';
import type { ProviderName, ProviderPayment, ProviderPayout, ProviderRefund } from './payment.provider.ts';
import { recordPaymentAnswer } from './record-payment-answer.ts';
import { recordRefundAnswer, takeRefund } from './record-refund-answer.ts';
import { Refund } from './refund.entity.ts';
import { takePayment } from './take-payment.ts';
import type { Verdict } from './verdict.ts';

/** Something a provider tells us by itself. */
export interface ProviderEvent {
  readonly provider: ProviderName;
  /** The provider's: the same event has the same one however often it comes. */
  readonly id: string;
  /** What it calls it. */
  readonly kind: string;
  /** SHA-256 of what was sent. */
  readonly payloadHash: Buffer;
  /** Whom it is about; absent for what does not matter to us. */
  readonly subject?: ProviderPayment | ProviderRefund | ProviderPayout | undefined;
}

/** What was done about an event: `REPEATED` is one that was received before. */
export type Reception = Verdict['outcome'] | 'REPEATED' | 'REFUSED';

const RECEIVE = `insert into provider_event
  (id, provider, event_id, kind, payload_hash, subject_id, outcome, reason, received_at)
  values (?, ?, ?, ?, decode(?, 'hex'), ?, 'IGNORED', null, ?)
  on conflict (provider, event_id) where not imposter do nothing returning id`;

const FIRST = `select encode(payload_hash, 'hex') as hash from provider_event
  where provider = ? and event_id = ? and not imposter`;

const IMPOSTER = `insert into provider_event
  (id, provider, event_id, kind, payload_hash, outcome, reason, imposter, received_at)
  values (?, ?, ?, ?, decode(?, 'hex'), 'CONFLICTING', 'Another event had this id.', true, ?) on conflict do nothing`;

const DECIDE = 'update provider_event set outcome = ?, reason = ? where id = ?';

/**
 * Takes in an event, once: its receipt and its effect are one transaction, and of two that come at the same time the
 * second waits for the first. Another content under an id that was there is kept, and has no effect.
 */
export function receiveProviderEvent(work: CommerceWork, event: ProviderEvent): Promise<Reception> {
  return asSystem(work, async () => {
    const { provider, id: eventId, kind, subject } = event;
    const hash = event.payloadHash.toString('hex');
    const id = work.newId();
    const received = [id, provider, eventId, kind, hash, subjectOf(subject), work.now()];
    const isNew = (await work.em.execute<unknown[]>(RECEIVE, received)).length > 0;
    if (!isNew) {
      const [first] = await work.em.execute<{ hash: string }[]>(FIRST, [provider, eventId]);
      if (first?.hash === hash) return 'REPEATED';
      await work.em.execute(IMPOSTER, [id, provider, eventId, kind, hash, work.now()], 'run');
      work.log.error({ provider, eventId }, 'two events of a payment provider have one id');
      return 'REFUSED';
    }
    const { outcome, reason } = await apply(work, event);
    await work.em.execute(DECIDE, [outcome, reason?.slice(0, 500) ?? null, id], 'run');
    if (outcome === 'CONFLICTING') work.log.error({ provider, eventId, reason }, 'a payment provider contradicts us');
    return outcome;
  });
}

async function apply(work: CommerceWork, { provider, subject }: ProviderEvent): Promise<Verdict> {
  if (!subject) return { outcome: 'IGNORED', reason: 'It is about nothing of ours.' };
  const unknown: Verdict = { outcome: 'IGNORED', reason: 'We know of no such thing.' };
  if (subject.kind === 'PAYMENT') {
    const found = await work.em.count(Payment, { id: subject.paymentId, provider });
    return found === 0 ? unknown : recordPaymentAnswer(work, await takePayment(work, subject.paymentId), subject);
  }
  if (subject.kind === 'REFUND') {
    if (!subject.refundId) return { outcome: 'CONFLICTING', reason: 'Money was given back, and not by us.' };
    const found = await work.em.findOne(Refund, { id: subject.refundId });
    if (!found) return unknown;
    const payment = await takePayment(work, found.paymentId);
    if (payment.provider !== provider) return unknown;
    return recordRefundAnswer(work, payment, await takeRefund(work, found.id), subject);
  }
  const found = await work.em.count(Payout, { id: subject.payoutId, provider });
  return found === 0 ? unknown : recordPayoutAnswer(work, subject.payoutId, subject);
}

function subjectOf(subject: ProviderEvent['subject']): string | null {
  if (!subject) return null;
  if (subject.kind === 'PAYMENT') return subject.paymentId;
  return subject.kind === 'REFUND' ? (subject.refundId ?? null) : subject.payoutId;
}

import { LockMode } from '@mikro-orm/postgresql';
import { notFound } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { PaymentShare } from './payment-share.entity.ts';
import { Payment } from './payment.entity.ts';

/** A payment as it is now, locked until the transaction ends. As the system, and before anything of it is locked. */
export async function takePayment(work: CommerceWork, id: string): Promise<Payment> {
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
  const payment = await work.em.findOne(Payment, { id }, lock);
  if (!payment) throw notFound('Payment');
  return payment;
}

/** What of it is for which shop. The payment has to be locked. */
export function takeShares(work: CommerceWork, payment: Payment): Promise<PaymentShare[]> {
  return work.em.find(PaymentShare, { paymentId: payment.id }, { orderBy: { shopId: 'asc' }, refresh: true });
}

/** A transaction as the system, on a payment that is locked. */
export function withPayment<Result>(
  work: CommerceWork,
  id: string,
  run: (payment: Payment) => Promise<Result>,
): Promise<Result> {
  return asSystem(work, async () => run(await takePayment(work, id)));
}

/** Keeps whoever is about to ask a provider from doing so in the middle of a transaction, which would wait for it. */
export function refuseWithin(work: CommerceWork): void {
  if (work.em.isInTransaction()) throw new Error('A payment provider is never asked within a transaction.');
}

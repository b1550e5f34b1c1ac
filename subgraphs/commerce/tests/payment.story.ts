import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { CommerceWork } from '../src/context.ts';
import { authorizePayment } from '../src/payment/authorize-payment.ts';
import { capturePayment } from '../src/payment/capture-payment.ts';
import { createPayment, type NewPayment } from '../src/payment/create-payment.ts';
import type { Payment } from '../src/payment/payment.entity.ts';
import { type NewRefund, refundPayment } from '../src/payment/refund-payment.ts';
import { settlePayments } from '../src/payment/settle-payments.ts';
import type { TestClaims } from '@supergraph/testkit';
import { openShop } from './shop.story.ts';
import { seller, type TestCommerce } from './story.ts';

/** Somebody who buys, for themselves. */
export const buyer = (): TestClaims => ({ sub: randomUUID(), org: randomUUID(), scope: '' });

export const bookkeeper = (): TestClaims => ({ sub: randomUUID(), org: randomUUID(), scope: 'commerce:books.read' });

export interface Vendor {
  readonly shopId: string;
  readonly owner: ReturnType<typeof seller>;
}

export async function vendor(graph: TestCommerce, input: object = {}): Promise<Vendor> {
  const owner = seller();
  return { shopId: (await openShop(graph, owner, input)).id, owner };
}

/** The payment of an order: of each shop so much, a tenth of it commission and a twentieth tax. */
export function paymentOf(
  parts: readonly (readonly [shopId: string, amount: number])[],
  input: Partial<NewPayment> = {},
): NewPayment {
  // prettier-ignore
  const allocations = parts.map(([shopId, amount]) => ({
    shopId,
    amount,
    commission: Math.floor(amount / 10),
    tax: Math.floor(amount / 20),
  }));
  const amount = parts.reduce((sum, [, part]) => sum + part, 0);
  const rest = { userId: randomUUID() as string, currency: 'CHF', method: 'test_card' };
  return { orderId: randomUUID(), amount, allocations, ...rest, ...input };
}

/** Runs something as the system, as a checkout does in its own use-case. */
export const asChecking = <Result>(graph: TestCommerce, run: (work: CommerceWork) => Promise<Result>) =>
  graph.runtime.asSystem(run);

export const begin = (graph: TestCommerce, input: NewPayment): Promise<Payment> =>
  asChecking(graph, (work) => createPayment(work, input));

export const authorize = (graph: TestCommerce, paymentId: string): Promise<Payment> =>
  asChecking(graph, (work) => authorizePayment(work, { paymentId }));

export const capture = (graph: TestCommerce, paymentId: string): Promise<Payment> =>
  asChecking(graph, (work) => capturePayment(work, { paymentId }));

export const refund = (graph: TestCommerce, paymentId: string, amount: number, input: Partial<NewRefund> = {}) =>
  asChecking(graph, (work) =>
    refundPayment(work, { paymentId, amount, reason: 'Sent back', idempotencyKey: randomUUID(), ...input }),
  );

export const settle = (graph: TestCommerce) => asChecking(graph, (work) => settlePayments(work, {}));

/** A payment whose money is taken. */
export async function paid(graph: TestCommerce, input: NewPayment): Promise<Payment> {
  const { id } = await begin(graph, input);
  await authorize(graph, id);
  const payment = await capture(graph, id);
  expect(payment.state).toBe('CAPTURED');
  return payment;
}

export const select = <Row extends object>(graph: TestCommerce, sql: string, values: readonly unknown[] = []) =>
  graph.runtime.asSystem(({ em }) => em.execute<Row[]>(sql, [...values]));

const BOOKS = `
  with net as (select currency, sum(captured - refunded) as paid from payment group by currency),
    book as (
      select currency, sum(amount) as total,
        -coalesce(sum(amount) filter (where account = 'PROVIDER_CLEARING' and kind in ('CAPTURE', 'REFUND_PAID')), 0) as posted
      from ledger_entry group by currency
    )
  select currency, coalesce(total, 0)::bigint as total, coalesce(paid, 0)::bigint as paid, coalesce(posted, 0)::bigint as posted
  from net full join book using (currency)`;

const SHARES = `select count(*)::int as wrong from payment p where captured > 0 and captured <>
  (select sum(amount) from payment_share s where s.payment_id = p.id)
  or refunded + refund_pending <> (select coalesce(sum(refunded), 0) from payment_share s where s.payment_id = p.id)
  or refunded <> (select coalesce(sum(amount), 0) from refund r where r.payment_id = p.id and r.state = 'SUCCEEDED')`;

/** In every currency the books add up to zero, and what was paid is what is in them. */
export async function expectBooksToAgree(graph: TestCommerce): Promise<void> {
  const books = await select<{ currency: string; total: string; paid: string; posted: string }>(graph, BOOKS);
  for (const { currency, total, paid, posted } of books) {
    expect({ currency, total, posted }).toEqual({ currency, total: '0', posted: paid });
  }
  expect(await select(graph, SHARES)).toEqual([{ wrong: 0 }]);
}

/** What a shop is owed, in minor units. */
export async function balanceOf(graph: TestCommerce, shopId: string): Promise<number> {
  const sql = `select coalesce(sum(amount), 0)::int as sum from ledger_entry where account = 'SHOP_PAYABLE' and shop_id = ?`;
  return (await select<{ sum: number }>(graph, sql, [shopId]))[0]!.sum;
}

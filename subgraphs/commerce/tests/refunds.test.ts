import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestPaymentProvider } from '../src/payment/test-payment.provider.ts';
import { balanceOf, expectBooksToAgree, paid, paymentOf, refund, select, settle, type Vendor, vendor } from './payment.story.ts'; // prettier-ignore
import { startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
let one: Vendor;
let two: Vendor;

beforeAll(async () => {
  graph = await startCommerce();
  [one, two] = [await vendor(graph), await vendor(graph)];
});

afterEach(() => expectBooksToAgree(graph));

afterAll(() => graph.stop());

const provider = () => graph.runtime.services.paymentProviders.current as TestPaymentProvider;
const paymentNow = async (id: string) =>
  (
    await select<{ state: string; refunded: number; refund_pending: number }>(
      graph,
      'select state, refunded::int, refund_pending::int from payment where id = ?',
      [id],
    )
  )[0];
const givenBack = async (paymentId: string) => {
  const sql = `select coalesce(sum(amount), 0)::int as sum from test_provider_object where parent = ? and state = 'SUCCEEDED'`;
  return (await select<{ sum: number }>(graph, sql, [`test_payment_${paymentId}`]))[0]!.sum;
};
const codeOf = (action: Promise<unknown>) =>
  action.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );

describe('a refund', () => {
  test('takes back from each shop its part, commission and tax with it, and all of it in the end', async () => {
    const before = [await balanceOf(graph, one.shopId), await balanceOf(graph, two.shopId)];
    const { id } = await paid(graph, paymentOf([[one.shopId, 10_01], [two.shopId, 3_33]])); // prettier-ignore
    await refund(graph, id, 1);
    await refund(graph, id, 4_56);
    expect(await paymentNow(id)).toEqual({ state: 'PARTIALLY_REFUNDED', refunded: 4_57, refund_pending: 0 });
    await refund(graph, id, 1_00, { shopId: two.shopId });
    await refund(graph, id, 13_34 - 5_57);
    expect(await paymentNow(id)).toEqual({ state: 'REFUNDED', refunded: 13_34, refund_pending: 0 });
    expect([await balanceOf(graph, one.shopId), await balanceOf(graph, two.shopId)]).toEqual(before);
    expect(await givenBack(id)).toBe(13_34);
    expect(await codeOf(refund(graph, id, 1))).toBe('CONFLICT');
  });

  test('is of one shop no more than its part', async () => {
    const { id } = await paid(graph, paymentOf([[one.shopId, 5_00], [two.shopId, 5_00]])); // prettier-ignore
    expect(await codeOf(refund(graph, id, 5_01, { shopId: one.shopId }))).toBe('CONFLICT');
    expect(await codeOf(refund(graph, id, 5_00, { shopId: one.shopId }))).toBe('done');
    expect(await codeOf(refund(graph, id, 1, { shopId: one.shopId }))).toBe('CONFLICT');
    expect(await codeOf(refund(graph, id, 1, { shopId: randomUUID() }))).toBe('NOT_FOUND');
  });

  test.each([[0], [-1], [1.5], [2 ** 53]])('is never of %d minor units', async (amount) => {
    const { id } = await paid(graph, paymentOf([[one.shopId, 5_00]]));
    expect(await codeOf(refund(graph, id, amount))).toBe('BAD_USER_INPUT');
  });

  test('that fails leaves the money where it was', async () => {
    const { id } = await paid(graph, paymentOf([[one.shopId, 5_00]], { method: 'test_refund_fails' }));
    const before = await balanceOf(graph, one.shopId);
    expect(await refund(graph, id, 2_00)).toMatchObject({ state: 'FAILED', failureReason: expect.any(String) });
    expect(await paymentNow(id)).toEqual({ state: 'CAPTURED', refunded: 0, refund_pending: 0 });
    expect(await balanceOf(graph, one.shopId)).toBe(before);
    expect(await graph.eventsOf('payment.refund_failed')).toContainEqual(
      expect.objectContaining({ paymentId: id, refundAmount: 2_00, refunded: 0 }),
    );
  });

  test('that is decided later is off the balance at once', async () => {
    const { id } = await paid(graph, paymentOf([[one.shopId, 5_00]], { method: 'test_refund_async' }));
    const before = await balanceOf(graph, one.shopId);
    expect(await refund(graph, id, 2_00)).toMatchObject({ state: 'PENDING' });
    expect(await paymentNow(id)).toEqual({ state: 'CAPTURED', refunded: 0, refund_pending: 2_00 });
    expect(await balanceOf(graph, one.shopId)).toBe(before - 1_70);
    expect(await codeOf(refund(graph, id, 3_01))).toBe('CONFLICT');
    await graph.runJobs();
    expect(await paymentNow(id)).toEqual({ state: 'PARTIALLY_REFUNDED', refunded: 2_00, refund_pending: 0 });
  });

  test.each(['the answer is lost', 'the process dies', 'the process dies before it asks'])(
    'is settled by the job when %s',
    async (what) => {
      // prettier-ignore
      const { id } = await paid(graph, paymentOf([[one.shopId, 5_00]], what === 'the answer is lost' ? { method: 'test_refund_lost' } : {})); // prettier-ignore
      const original = provider().refund.bind(provider());
      if (what !== 'the answer is lost') {
        provider().refund = async (request) => {
          if (what === 'the process dies') await original(request);
          throw new Error('kill -9');
        };
      }
      const idempotencyKey = randomUUID();
      await refund(graph, id, 2_00, { idempotencyKey }).catch(() => {});
      provider().refund = original;
      expect(await refund(graph, id, 2_00, { idempotencyKey })).toMatchObject({ state: 'PENDING' });
      await settle(graph);
      expect(await refund(graph, id, 2_00, { idempotencyKey })).toMatchObject({ state: 'PENDING' });
      // Once more where the answer to the job is lost as well: it finds out by asking.
      for (let round = 0; round < 2; round += 1) {
        graph.clock.advance({ minutes: 2 });
        await Promise.all([settle(graph), settle(graph)]);
      }
      expect(await refund(graph, id, 2_00, { idempotencyKey })).toMatchObject({ state: 'SUCCEEDED' });
      expect(await givenBack(id)).toBe(2_00);
    },
  );
});

describe('in parallel', () => {
  test('twenty refunds never give back more than was taken', async () => {
    const { id } = await paid(graph, paymentOf([[one.shopId, 6_00], [two.shopId, 4_00]])); // prettier-ignore
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => codeOf(refund(graph, id, 90, index % 3 ? {} : { shopId: one.shopId }))),
    );
    expect(outcomes.filter((code) => code === 'done')).toHaveLength(11);
    expect(outcomes.filter((code) => code === 'CONFLICT')).toHaveLength(9);
    expect(await paymentNow(id)).toEqual({ state: 'PARTIALLY_REFUNDED', refunded: 9_90, refund_pending: 0 });
    expect(await givenBack(id)).toBe(9_90);
  });

  test('a hundred with one key are one, and the key with another amount is refused', async () => {
    const { id } = await paid(graph, paymentOf([[one.shopId, 10_00]]));
    const idempotencyKey = randomUUID();
    const refunds = await Promise.all(Array.from({ length: 100 }, () => refund(graph, id, 7, { idempotencyKey })));
    expect(new Set(refunds.map((one) => one.id)).size).toBe(1);
    expect(await givenBack(id)).toBe(7);
    expect(await codeOf(refund(graph, id, 8, { idempotencyKey }))).toBe('IDEMPOTENCY_CONFLICT');
    expect(await codeOf(refund(graph, id, 7, { idempotencyKey, reason: 'Another' }))).toBe('IDEMPOTENCY_CONFLICT');
  });
});

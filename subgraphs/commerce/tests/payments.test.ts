import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { authorizePayment } from '../src/payment/authorize-payment.ts';
import { createPayment } from '../src/payment/create-payment.ts';
import type { TestPaymentProvider } from '../src/payment/test-payment.provider.ts';
import { voidPayment } from '../src/payment/void-payment.ts';
import {
  asChecking,
  authorize,
  balanceOf,
  begin,
  capture,
  expectBooksToAgree,
  paid,
  paymentOf,
  refund,
  select,
  settle,
  type Vendor,
  vendor,
} from './payment.story.ts';
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
const giveUp = (paymentId: string) => asChecking(graph, (work) => voidPayment(work, { paymentId }));
const stateOf = async (id: string) =>
  (await select<{ state: string }>(graph, 'select state from payment where id = ?', [id]))[0]!.state;
const charges = async (paymentId: string) =>
  select(graph, `select state, captured::int from test_provider_object where subject_id = ?`, [paymentId]);
const codeOf = (error: unknown) => (error as { code?: string }).code ?? String(error);
const refusedWith = async (action: Promise<unknown>) =>
  action.then(
    () => 'not refused',
    (error: unknown) => codeOf(error),
  );

describe('a payment', () => {
  test('is reserved, taken, and split by whose it is', async () => {
    const [before, other] = [await balanceOf(graph, one.shopId), await balanceOf(graph, two.shopId)];
    const payment = await paid(graph, paymentOf([[one.shopId, 10_01], [two.shopId, 5_00]])); // prettier-ignore
    expect(payment).toMatchObject({ captured: 15_01, refunded: 0, pending: null });
    expect(await balanceOf(graph, one.shopId)).toBe(before + 1001 - 100 - 50);
    expect(await balanceOf(graph, two.shopId)).toBe(other + 500 - 50 - 25);
    expect(await graph.eventsOf('payment.captured')).toContainEqual(
      expect.objectContaining({ paymentId: payment.id, amount: 15_01, currency: 'CHF' }),
    );
  });

  test.each([
    [{ amount: 9_99 }, 'the parts are more than the whole'],
    [{ amount: 10_01 }, 'the parts are less than the whole'],
    [{ amount: 0, allocations: [] }, 'it is nothing'],
    [{ amount: 1.5, allocations: [] }, 'it is not whole'],
    [{ method: '' }, 'nothing pays'],
    [{ method: 'x'.repeat(256) }, 'it is no token of any provider'],
  ])('is not begun with %j: %s', async (wrong, _why) => {
    expect(await refusedWith(begin(graph, paymentOf([[one.shopId, 10_00]], wrong)))).toBe('BAD_USER_INPUT');
  });

  test('is not begun with more commission and tax than there is, or a shop that does not exist', async () => {
    const allocations = [{ shopId: one.shopId, amount: 10, commission: 6, tax: 5 }];
    expect(await refusedWith(begin(graph, paymentOf([], { amount: 10, allocations })))).toBe('BAD_USER_INPUT');
    expect(await refusedWith(begin(graph, paymentOf([[randomUUID(), 10]])))).toBe('BAD_USER_INPUT');
  });

  test('that is declined is over, and the order may be paid in another way', async () => {
    const input = paymentOf([[one.shopId, 10_00]], { method: 'test_decline' });
    const first = await begin(graph, input);
    expect(await authorize(graph, first.id)).toMatchObject({
      state: 'DECLINED',
      failureReason: 'The card was declined.',
    });
    expect(await refusedWith(capture(graph, first.id))).toBe('ILLEGAL_TRANSITION');
    const second = await begin(graph, { ...input, method: 'test_card' });
    expect(second.id).not.toBe(first.id);
    expect(await authorize(graph, second.id)).toMatchObject({ state: 'AUTHORIZED' });
    expect(await graph.eventsOf('payment.failed')).toContainEqual(expect.objectContaining({ paymentId: first.id }));
  });

  test('waits for the buyer, and goes on when they have done their part', async () => {
    const { id } = await begin(graph, paymentOf([[one.shopId, 10_00]], { method: 'test_action' }));
    const waiting = await authorize(graph, id);
    expect(waiting).toMatchObject({ state: 'CREATED', nextAction: { url: expect.stringContaining('https://') } });
    await provider().finishAction(waiting.providerReference!, true);
    expect(await authorize(graph, id)).toMatchObject({ state: 'AUTHORIZED', nextAction: null });
    await graph.runJobs();
    expect(await capture(graph, id)).toMatchObject({ state: 'CAPTURED' });
  });

  test.each([
    ['test_async', 'AUTHORIZED'],
    ['test_async_decline', 'DECLINED'],
    ['test_twice', 'AUTHORIZED'],
  ])('by %s is told of by events, and is %s', async (method, state) => {
    const { id } = await begin(graph, paymentOf([[one.shopId, 10_00]], { method }));
    await authorize(graph, id);
    await graph.runJobs();
    expect(await stateOf(id)).toBe(state);
    const events = await select<{ outcome: string }>(graph, 'select outcome from provider_event where subject_id = ?', [
      id,
    ]);
    expect(events).toHaveLength(1);
  });

  test('is reserved once when the answer is lost, and settled by the job', async () => {
    const { id } = await begin(graph, paymentOf([[one.shopId, 10_00]], { method: 'test_timeout' }));
    expect(await authorize(graph, id)).toMatchObject({ state: 'CREATED', pending: 'AUTHORIZE' });
    await settle(graph);
    expect(await stateOf(id)).toBe('CREATED');
    graph.clock.advance({ minutes: 2 });
    await settle(graph);
    expect(await stateOf(id)).toBe('AUTHORIZED');
    expect(await charges(id)).toEqual([{ state: 'AUTHORIZED', captured: 0 }]);
  });

  test('is taken once when the answer is lost, and settled by the job', async () => {
    const { id } = await begin(graph, paymentOf([[one.shopId, 10_00]], { method: 'test_capture_lost' }));
    await authorize(graph, id);
    expect(await capture(graph, id)).toMatchObject({ state: 'AUTHORIZED', pending: 'CAPTURE' });
    expect(await refusedWith(giveUp(id))).toBe('ILLEGAL_TRANSITION');
    graph.clock.advance({ minutes: 2 });
    await settle(graph);
    expect(await stateOf(id)).toBe('CAPTURED');
    expect(await charges(id)).toEqual([{ state: 'CAPTURED', captured: 10_00 }]);
  });

  test('is given up before it is taken, and not after', async () => {
    const [fresh, reserved, done] = await Promise.all(
      [1, 2, 3].map(() => begin(graph, paymentOf([[one.shopId, 5_00]]))),
    );
    await authorize(graph, reserved!.id);
    await authorize(graph, done!.id);
    await capture(graph, done!.id);
    expect(await giveUp(fresh!.id)).toMatchObject({ state: 'CANCELLED' });
    expect(await charges(fresh!.id)).toEqual([]);
    expect(await giveUp(reserved!.id)).toMatchObject({ state: 'CANCELLED' });
    expect(await giveUp(reserved!.id)).toMatchObject({ state: 'CANCELLED' });
    expect(await charges(reserved!.id)).toEqual([{ state: 'CANCELLED', captured: 0 }]);
    expect(await refusedWith(giveUp(done!.id))).toBe('ILLEGAL_TRANSITION');
    expect(await refusedWith(authorize(graph, fresh!.id).then(() => capture(graph, fresh!.id)))).toBe(
      'ILLEGAL_TRANSITION',
    );
  });

  test('that is given up while the provider is asked lets go of what it gets', async () => {
    const { id } = await begin(graph, paymentOf([[one.shopId, 5_00]]));
    const original = provider().authorize.bind(provider());
    provider().authorize = async (reference) => {
      const answer = await original(reference);
      await giveUp(id);
      return answer;
    };
    await authorize(graph, id);
    provider().authorize = original;
    const ahead = 'select updated_at > ? as ahead from payment where id = ?';
    expect(await select(graph, ahead, [graph.clock.now(), id])).toEqual([{ ahead: false }]);
    expect(await refusedWith(capture(graph, id))).toBe('ILLEGAL_TRANSITION');
    graph.clock.advance({ minutes: 2 });
    await settle(graph);
    expect(await stateOf(id)).toBe('CANCELLED');
    expect(await charges(id)).toEqual([{ state: 'CANCELLED', captured: 0 }]);
  });

  test.each(['JPY', 'KWD'])('is counted in minor units of %s', async (currency) => {
    const shop = await vendor(graph, { currency });
    const payment = await paid(graph, paymentOf([[shop.shopId, 1_001]], { currency }));
    await refund(graph, payment.id, 1);
    expect(await balanceOf(graph, shop.shopId)).toBe(1_001 - 100 - 50 - 1);
  });
});

describe('never', () => {
  test('is an order charged twice, however often and parallel it is asked for', async () => {
    const input = paymentOf([[one.shopId, 7_00], [two.shopId, 3_00]]); // prettier-ignore
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const { id } = await begin(graph, input);
        await authorize(graph, id);
        const state = await stateOf(id);
        if (state !== 'CREATED') await capture(graph, id);
        return id;
      }),
    );
    const ids = [...new Set(outcomes)];
    expect(ids).toHaveLength(1);
    expect(await charges(ids[0]!)).toEqual([{ state: 'CAPTURED', captured: 10_00 }]);
    const posted = await select(graph, `select kind from ledger_transaction where reference_id = ?`, [ids[0]]);
    expect(posted).toEqual([{ kind: 'CAPTURE' }]);
    expect(await refusedWith(begin(graph, { ...input, method: 'test_other' }))).toBe('CONFLICT');
  });

  test.each(['open', 'authorize', 'capture'] as const)(
    'is a payment lost or charged twice whose process dies after %s was answered',
    async (step) => {
      const { id } = await begin(graph, paymentOf([[one.shopId, 10_00]]));
      const original = provider()[step].bind(provider()) as (...input: unknown[]) => Promise<never>;
      if (step === 'capture') await authorize(graph, id);
      provider()[step] = (async (...input: unknown[]) => {
        await original(...input);
        throw new Error('kill -9');
      }) as never;
      const run = () => (step === 'capture' ? capture(graph, id) : authorize(graph, id));
      await expect(run()).rejects.toThrow('kill -9');
      provider()[step] = original as never;
      // As long as its claim holds nobody else is at it.
      await settle(graph);
      expect(await stateOf(id)).toBe(step === 'capture' ? 'AUTHORIZED' : 'CREATED');
      graph.clock.advance({ minutes: 2 });
      await Promise.all([settle(graph), settle(graph)]);
      expect(await stateOf(id)).toBe(step === 'capture' ? 'CAPTURED' : 'AUTHORIZED');
      await capture(graph, id);
      expect(await charges(id)).toEqual([{ state: 'CAPTURED', captured: 10_00 }]);
    },
  );

  test('is a provider asked within a transaction', async () => {
    const { id: paymentId } = await begin(graph, paymentOf([[one.shopId, 10_00]]));
    const within = asChecking(graph, (work) => work.transaction(() => authorizePayment(work, { paymentId })));
    await expect(within).rejects.toThrow('never asked within a transaction');
    // Beginning one needs nobody.
    const begun = asChecking(graph, (work) =>
      work.transaction(() => createPayment(work, paymentOf([[one.shopId, 1]]))),
    );
    expect(await begun).toMatchObject({ state: 'CREATED' });
  });
});

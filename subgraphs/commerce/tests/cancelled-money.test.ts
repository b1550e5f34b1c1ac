import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { capturePayment } from '../src/payment/capture-payment.ts';
import { payOwedRefund } from '../src/payment/pay-owed-refund.ts';
import { ProviderUnavailable } from '../src/payment/payment.provider.ts';
import { buy, requireBooks, settleAll, take } from './fulfilment.story.ts';
import { behind, cancel } from './money-back.story.ts';
import { type Market, openMarket, putOnOffer } from './offer.story.ts';
import { startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
let tea: Market;
let pots: Market;
let bank: ReturnType<typeof behind>;

beforeAll(async () => {
  graph = await startCommerce({ environment: { DATABASE_POOL_SIZE: 20 } });
  bank = behind(graph);
  tea = await openMarket(graph, { name: 'Tea House' });
  pots = await openMarket(graph, { name: 'Pottery' });
});

afterEach(() => requireBooks(graph));

afterAll(() => graph.stop());

describe('the money', () => {
  test('that was not taken yet is taken, and then given back once', async () => {
    const order = await buy(graph, [[await putOnOffer(graph, tea, 500), 2]]);
    expect(await bank.paymentOf(order)).toMatchObject({ state: 'AUTHORIZED' });
    expect((await cancel(graph, order)).refunded.amount).toBe(1_000);
    await settleAll(graph);
    await bank.settlePayments();
    expect(await bank.paymentOf(order)).toMatchObject({ state: 'REFUNDED', refunded: 1_000 });
    expect(await bank.givenBack(order)).toEqual([1_000]);
  });

  test('whose taking is not answered waits for the answer, and goes back once', async () => {
    const order = await buy(graph, [[await putOnOffer(graph, tea, 500), 2]], { paymentMethod: 'test_capture_lost' });
    await cancel(graph, order);
    await settleAll(graph);
    expect(await bank.paymentOf(order)).toMatchObject({ state: 'AUTHORIZED' });
    expect(await bank.givenBack(order)).toEqual([]);
    await bank.settlePayments();
    await bank.settlePayments();
    expect(await bank.paymentOf(order)).toMatchObject({ state: 'REFUNDED', refunded: 1_000 });
    expect(await bank.givenBack(order)).toEqual([1_000]);
  });

  test('goes back as soon as it is known to be taken', async () => {
    const order = await buy(graph, [[await putOnOffer(graph, tea, 500), 2]]);
    const original = bank.provider().capture;
    bank.provider().capture = () => Promise.reject(new ProviderUnavailable('Nobody answers.'));
    try {
      await cancel(graph, order);
      await settleAll(graph);
    } finally {
      bank.provider().capture = original;
    }
    expect(await bank.givenBack(order)).toEqual([]);
    const { id: paymentId } = await bank.paymentOf(order);
    await graph.runtime.asSystem((work) => capturePayment(work, { paymentId }));
    await settleAll(graph);
    expect(await bank.givenBack(order)).toEqual([1_000]);
  });

  test('is asked back once, however often the job runs', async () => {
    const order = await buy(graph, [[await putOnOffer(graph, tea, 500, 'Sencha'), 3]]);
    await settleAll(graph);
    await cancel(graph, order, { items: order.units({ Sencha: 1 }) });
    const owed = () =>
      bank.rows<{ id: string; refund_id: string | null }>('select id, refund_id from owed_refund where order_id = ?', [
        order.id,
      ]);
    const owedRefundId = (await owed())[0]!.id;
    const pay = () => graph.runtime.asSystem((work) => payOwedRefund(work, { owedRefundId }));
    await Promise.all(Array.from({ length: 5 }, pay));
    await settleAll(graph);
    await pay();
    expect(await bank.givenBack(order)).toEqual([500]);
    expect(await owed()).toEqual([{ id: owedRefundId, refund_id: expect.any(String) }]);
  });

  test('that the bank could not take does not go back', async () => {
    const order = await buy(graph, [[await putOnOffer(graph, tea, 500), 1]]);
    const original = bank.provider().capture;
    bank.provider().capture = async (reference) => ({
      ...(await bank.provider().find(reference)),
      state: 'FAILED',
      reason: 'The account is empty.',
    });
    try {
      await cancel(graph, order);
      await settleAll(graph);
    } finally {
      bank.provider().capture = original;
    }
    expect(await bank.paymentOf(order)).toMatchObject({ state: 'FAILED', refunded: 0 });
    expect(await bank.rows('select state, refund_id from owed_refund where order_id = ?', [order.id])).toEqual([
      { state: 'VOID', refund_id: null },
    ]);
    expect((await order.now()).refunded.amount).toBe(0);
  });

  test('that the bank could not take after all ends the order: what was not sent is on the shelf again', async () => {
    const offer = await putOnOffer(graph, tea, 500, 'Sencha', 5);
    const order = await buy(graph, [[offer, 3]]);
    await take(graph, tea.owner, 'fulfillShopOrder', {
      shopOrderId: order.part().id,
      items: order.units({ Sencha: 1 }),
    });
    const original = bank.provider().capture;
    bank.provider().capture = async (reference) => ({
      ...(await bank.provider().find(reference)),
      state: 'FAILED',
      reason: 'The account is empty.',
    });
    try {
      await settleAll(graph);
    } finally {
      bank.provider().capture = original;
    }
    expect(await order.now()).toMatchObject({
      ...{ state: 'FULFILLED', refunded: { amount: 0 } },
      shopOrders: [{ items: [{ cancelled: 2, fulfilled: 1 }] }],
    });
    expect(await bank.onHand(offer.variantId)).toBe(4);
    expect(await bank.rows('select id from owed_refund where order_id = ?', [order.id])).toEqual([]);
  });

  test.each(['the answer is lost', 'the process dies', 'the process dies before it asks'])(
    'goes back once when %s',
    async (what) => {
      const paymentMethod = what === 'the answer is lost' ? 'test_refund_lost' : 'test_ok';
      const order = await buy(graph, [[await putOnOffer(graph, tea, 500), 1]], { paymentMethod });
      await settleAll(graph);
      const original = bank.provider().refund.bind(bank.provider());
      let asked = 0;
      bank.provider().refund = async (request) => {
        asked += 1;
        if (what === 'the process dies before it asks') throw new Error('kill -9');
        const answer = await original(request);
        if (what === 'the process dies') throw new Error('kill -9');
        return answer;
      };
      try {
        await cancel(graph, order);
        await settleAll(graph);
      } finally {
        bank.provider().refund = original;
      }
      expect(asked).toBeGreaterThan(0);
      await bank.settlePayments();
      await bank.settlePayments();
      expect(await bank.givenBack(order)).toEqual([500]);
      expect(await bank.paymentOf(order)).toMatchObject({ state: 'REFUNDED' });
    },
  );

  test('that a shop gave back of its own accord does not go back again', async () => {
    const order = await buy(graph, [
      [await putOnOffer(graph, tea, 500, 'Sencha'), 2],
      [await putOnOffer(graph, pots, 700, 'Teapot'), 1],
    ]);
    await settleAll(graph);
    const { id: paymentId } = await bank.paymentOf(order);
    const gift = { paymentId, amount: { amount: 300, currency: 'CHF' }, reason: 'Sorry', idempotencyKey: randomUUID() };
    const refundPayment = 'mutation ($input: RefundPaymentInput!) { refundPayment(input: $input) { state } }';
    await graph.data(refundPayment, tea.owner, { input: gift });
    await cancel(graph, order, { items: order.units({ Sencha: 2 }) });
    await settleAll(graph);
    expect((await bank.givenBack(order)).sort()).toEqual([300, 700]);
    expect((await order.now()).shopOrders.map((part: any) => part.refunded.amount)).toEqual([1_000, 0]);
  });
});

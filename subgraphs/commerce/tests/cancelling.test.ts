import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestPaymentProvider } from '../src/payment/test-payment.provider.ts';
import { Buyer } from './checkout.story.ts';
import { type Bought, buy, deliver, refused, requireBooks, settleAll, take } from './fulfilment.story.ts';
import { type Market, openMarket, putOnOffer } from './offer.story.ts';
import { seller, startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
let tea: Market;
let pots: Market;

beforeAll(async () => {
  graph = await startCommerce({ environment: { DATABASE_POOL_SIZE: 20 } });
  tea = await openMarket(graph, { name: 'Tea House' });
  pots = await openMarket(graph, { name: 'Pottery' });
});

afterEach(() => requireBooks(graph));

afterAll(() => graph.stop());

const rows = <Row extends object>(sql: string, values: readonly unknown[]) =>
  graph.runtime.asSystem(({ em }) => em.execute<Row[]>(sql, [...values]));
const onHand = async (variantId: string) =>
  (await rows<{ on_hand: number }>('select on_hand from stock_level where variant_id = ?', [variantId]))[0]!.on_hand;
const paymentOf = async ({ id }: Bought) =>
  (
    await rows<{ id: string; state: string; refunded: number }>(
      'select id, state, refunded::int from payment where order_id = ?',
      [id],
    )
  )[0]!;
/** What the bank gave back for an order, each time. */
const givenBack = async ({ id }: Bought) =>
  (
    await rows<{ amount: number }>(
      `select o.amount::int from test_provider_object o join payment p on p.provider_reference = o.parent
       where p.order_id = ? and o.state = 'SUCCEEDED' order by o.created_at, o.reference`,
      [id],
    )
  ).map(({ amount }) => amount);
const provider = () => graph.runtime.services.paymentProviders.current as TestPaymentProvider;
const cancel = (order: Bought, input: object = {}) =>
  take(graph, order.buyer.as, 'cancelOrder', { orderId: order.id, token: order.buyer.token, ...input });
const cannotCancel = (order: Bought, input: object = {}, as = order.buyer.as) =>
  refused(graph, as, 'cancelOrder', { orderId: order.id, token: order.buyer.token, ...input });
const settlePayments = async () => {
  graph.clock.advance({ minutes: 2 });
  await graph.runtime.asSystem(async (work) => work.schedule({ name: 'settle-payments', data: {}, key: randomUUID() }));
  await settleAll(graph);
};

describe('a buyer', () => {
  test('cancels an order that was not sent: the money and the goods go back', async () => {
    const [sencha, pot] = [await putOnOffer(graph, tea, 333, 'Sencha'), await putOnOffer(graph, pots, 4_999, 'Teapot')];
    const order = await buy(graph, [
      [sencha, 3],
      [pot, 1],
    ]);
    await settleAll(graph);
    const cancelled = await cancel(order, { reason: 'Too late' });
    expect(cancelled).toMatchObject({ state: 'CANCELLED', stateReason: 'Too late', refunded: { amount: 5_998 } });
    expect(cancelled.shopOrders.map((part: any) => [part.state, part.refunded.amount])).toEqual([
      ['CANCELLED', 999],
      ['CANCELLED', 4_999],
    ]);
    expect(cancelled.steps.at(-1)).toEqual({ state: 'CANCELLED', reason: 'Too late' });
    expect([await onHand(sencha.variantId), await onHand(pot.variantId)]).toEqual([10_000, 10_000]);
    await settleAll(graph);
    expect((await givenBack(order)).sort()).toEqual([4_999, 999]);
    expect(await paymentOf(order)).toMatchObject({ state: 'REFUNDED', refunded: 5_998 });
    expect((await order.now()).refunded).toEqual({ amount: 5_998, currency: 'CHF' });
    expect((await graph.eventsOf('order.cancelled')).at(-1)).toEqual({
      ...{ orderId: order.id, number: cancelled.number, userId: order.buyer.as!.sub, email: 'ada@example.com' },
      ...{ currency: 'CHF', refunded: 5_998, isWhole: true, reason: 'Too late' },
      shopOrders: [tea, pots].map(({ shopId, owner }, index) => ({
        ...{ shopOrderId: order.part(index).id, number: order.part(index).number, shopId },
        organizationId: owner.org,
        items: [expect.objectContaining({ title: ['Sencha', 'Teapot'][index], quantity: [3, 1][index] })],
      })),
    });
  });

  test.each([
    ['CHF', 1_000, {}],
    ['USD', 1_001, { taxRate: 725, pricesIncludeTax: false }],
    ['JPY', 101, { taxRate: 1_000 }],
    ['KWD', 12_347, { taxRate: 500, pricesIncludeTax: false }],
  ])('gets back in %s, unit by unit, exactly what was paid for all', async (currency, price, terms) => {
    const market = await openMarket(graph, { currency, ...terms });
    const code = `LESS-${randomUUID().slice(0, 8).toUpperCase()}`;
    await graph.data(
      'mutation ($input: CreatePromotionInput!) { createPromotion(input: $input) { id } }',
      market.owner,
      { input: { shopId: market.shopId, code, description: 'Less', rate: 1_111, currency } },
    );
    const buyer = new Buyer(graph);
    await buyer.pick([await putOnOffer(graph, market, price, 'Sencha'), 7], [await putOnOffer(graph, market, 7), 1]);
    await buyer.change('applyPromotion', { code });
    const order = await buy(graph, [], { buyer });
    await settleAll(graph);
    for (const quantity of [1, 1, 2, 3]) await cancel(order, { items: order.units({ Sencha: quantity }) });
    expect((await order.now()).state).toBe('PLACED');
    await cancel(order);
    await settleAll(graph);
    const [{ total }] = (await rows<{ total: number }>('select total::int from customer_order where id = ?', [
      order.id,
    ])) as [{ total: number }];
    const amounts = await givenBack(order);
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(total);
    expect(await paymentOf(order)).toMatchObject({ state: 'REFUNDED', refunded: total });
  });

  test('cancels what is left when a part of it was sent', async () => {
    const order = await buy(graph, [
      [await putOnOffer(graph, tea, 500, 'Sencha'), 3],
      [await putOnOffer(graph, pots, 900, 'Teapot'), 1],
    ]);
    await deliver(graph, tea, order.part(0).id, { items: order.units({ Sencha: 1 }) });
    const left = await cancel(order);
    expect([left.state, ...left.shopOrders.map((part: any) => part.state)]).toEqual([
      ...['DELIVERED', 'DELIVERED', 'CANCELLED'],
    ]);
    expect(left.refunded.amount).toBe(1_900);
    expect((await graph.eventsOf('order.cancelled')).at(-1)).toMatchObject({ isWhole: false, refunded: 1_900 });
    await settleAll(graph);
    expect(await paymentOf(order)).toMatchObject({ state: 'PARTIALLY_REFUNDED', refunded: 1_900 });
    expect(await cannotCancel(order)).toMatchObject({
      code: 'CONFLICT',
      message: 'Nothing of it can be cancelled any more.',
    });
    expect(await cannotCancel(order, { items: order.units({ Sencha: 1 }) })).toMatchObject({
      code: 'CONFLICT',
      message: 'Only 0 of Sencha can still be cancelled.',
    });
  });

  test('under one key cancels once, however often at once', async () => {
    const order = await buy(graph, [[await putOnOffer(graph, tea, 500, 'Sencha'), 5]]);
    const input = { items: order.units({ Sencha: 1 }), idempotencyKey: randomUUID() };
    await Promise.all(Array.from({ length: 10 }, () => cancel(order, input)));
    await settleAll(graph);
    expect((await order.now()).shopOrders[0].items[0].cancelled).toBe(1);
    expect(await givenBack(order)).toEqual([500]);
    expect((await cannotCancel(order, { ...input, items: order.units({ Sencha: 2 }) })).code).toBe(
      'IDEMPOTENCY_CONFLICT',
    );
  });

  test('pays nothing back for what cost nothing', async () => {
    const gift = await putOnOffer(graph, tea, 0, 'Sample');
    const order = await buy(graph, [[gift, 1]]);
    expect(await cancel(order)).toMatchObject({ state: 'CANCELLED', refunded: { amount: 0 } });
    expect(await onHand(gift.variantId)).toBe(10_000);
  });

  test('does not cancel what is not paid yet: that ends by itself', async () => {
    const buyer = new Buyer(graph);
    await buyer.pick([await putOnOffer(graph, tea, 500), 1]);
    const { order } = await buyer.buy({ paymentMethod: 'test_action' });
    expect(await refused(graph, buyer.as, 'cancelOrder', { orderId: order.id })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      from: 'PENDING_PAYMENT',
    });
  });

  test('who repeats the checkout of an order that was cancelled since is told that it was bought', async () => {
    const buyer = new Buyer(graph);
    await buyer.pick([await putOnOffer(graph, tea, 500), 1]);
    const input = await buyer.agreement();
    const { order } = await buyer.send(input);
    await take(graph, buyer.as, 'cancelOrder', { orderId: order.id });
    expect(await buyer.send(input)).toMatchObject({ kind: 'CheckoutCompleted', order: { state: 'CANCELLED' } });
  });
});

describe('the money', () => {
  test('that was not taken yet is taken, and then given back once', async () => {
    const order = await buy(graph, [[await putOnOffer(graph, tea, 500), 2]]);
    expect(await paymentOf(order)).toMatchObject({ state: 'AUTHORIZED' });
    expect((await cancel(order)).refunded.amount).toBe(1_000);
    await settleAll(graph);
    await settlePayments();
    expect(await paymentOf(order)).toMatchObject({ state: 'REFUNDED', refunded: 1_000 });
    expect(await givenBack(order)).toEqual([1_000]);
  });

  test('whose taking is not answered waits for the answer, and goes back once', async () => {
    const order = await buy(graph, [[await putOnOffer(graph, tea, 500), 2]], { paymentMethod: 'test_capture_lost' });
    await cancel(order);
    await settleAll(graph);
    expect(await paymentOf(order)).toMatchObject({ state: 'AUTHORIZED' });
    expect(await givenBack(order)).toEqual([]);
    await settlePayments();
    await settlePayments();
    expect(await paymentOf(order)).toMatchObject({ state: 'REFUNDED', refunded: 1_000 });
    expect(await givenBack(order)).toEqual([1_000]);
  });

  test('that the bank could not take does not go back', async () => {
    const order = await buy(graph, [[await putOnOffer(graph, tea, 500), 1]]);
    const original = provider().capture;
    provider().capture = async (reference) => ({
      ...(await provider().find(reference)),
      state: 'FAILED',
      reason: 'The account is empty.',
    });
    try {
      await cancel(order);
      await settleAll(graph);
    } finally {
      provider().capture = original;
    }
    expect(await paymentOf(order)).toMatchObject({ state: 'FAILED', refunded: 0 });
    expect(await rows('select state, refund_id from owed_refund where order_id = ?', [order.id])).toEqual([
      { state: 'VOID', refund_id: null },
    ]);
    expect((await order.now()).refunded.amount).toBe(0);
  });

  test.each(['the answer is lost', 'the process dies', 'the process dies before it asks'])(
    'goes back once when %s',
    async (what) => {
      const paymentMethod = what === 'the answer is lost' ? 'test_refund_lost' : 'test_ok';
      const order = await buy(graph, [[await putOnOffer(graph, tea, 500), 1]], { paymentMethod });
      await settleAll(graph);
      const original = provider().refund.bind(provider());
      let asked = 0;
      provider().refund = async (request) => {
        asked += 1;
        if (what === 'the process dies before it asks') throw new Error('kill -9');
        const answer = await original(request);
        if (what === 'the process dies') throw new Error('kill -9');
        return answer;
      };
      try {
        await cancel(order);
        await settleAll(graph);
      } finally {
        provider().refund = original;
      }
      expect(asked).toBeGreaterThan(0);
      await settlePayments();
      await settlePayments();
      expect(await givenBack(order)).toEqual([500]);
      expect(await paymentOf(order)).toMatchObject({ state: 'REFUNDED' });
    },
  );

  test('that a shop gave back of its own accord does not go back again', async () => {
    const order = await buy(graph, [
      [await putOnOffer(graph, tea, 500, 'Sencha'), 2],
      [await putOnOffer(graph, pots, 700, 'Teapot'), 1],
    ]);
    await settleAll(graph);
    const { id: paymentId } = await paymentOf(order);
    const gift = { paymentId, amount: { amount: 300, currency: 'CHF' }, reason: 'Sorry', idempotencyKey: randomUUID() };
    const refundPayment = 'mutation ($input: RefundPaymentInput!) { refundPayment(input: $input) { state } }';
    await graph.data(refundPayment, tea.owner, { input: gift });
    await cancel(order, { items: order.units({ Sencha: 2 }) });
    await settleAll(graph);
    expect((await givenBack(order)).sort()).toEqual([300, 700]);
    expect((await order.now()).shopOrders.map((part: any) => part.refunded.amount)).toEqual([1_000, 0]);
  });
});

describe('at the same moment', () => {
  test('a unit is sent or cancelled, never both', async () => {
    const outcomes = [];
    for (let round = 0; round < 10; round += 1) {
      const offer = await putOnOffer(graph, tea, 500, 'Sencha', 1);
      const order = await buy(graph, [[offer, 1]]);
      const [sent, cancelled] = await Promise.all([
        refused(graph, tea.owner, 'fulfillShopOrder', { shopOrderId: order.part().id }),
        cannotCancel(order),
      ]);
      expect([sent.code, cancelled.code].toSorted()).toEqual(['CONFLICT', undefined]);
      await settleAll(graph);
      expect((await order.now()).state).toBe(sent.code ? 'CANCELLED' : 'FULFILLED');
      expect(await givenBack(order)).toEqual(sent.code ? [500] : []);
      expect(await onHand(offer.variantId)).toBe(sent.code ? 1 : 0);
      outcomes.push(sent.code);
    }
    expect(outcomes).toHaveLength(10);
  }, 60_000);

  test('buyer and shop cancel all there is once', async () => {
    const offer = await putOnOffer(graph, tea, 333, 'Sencha', 9);
    const order = await buy(graph, [[offer, 9]]);
    const items = order.units({ Sencha: 2 });
    const codes = await Promise.all(
      Array.from({ length: 12 }, async (_, index) =>
        index % 2
          ? (await cannotCancel(order, { items })).code
          : (
              await refused(graph, tea.owner, 'cancelShopOrder', {
                shopOrderId: order.part().id,
                items,
                reason: 'Gone',
              })
            ).code,
      ),
    );
    expect(codes.filter((code) => code === undefined)).toHaveLength(4);
    expect(codes.filter((code) => code === 'CONFLICT')).toHaveLength(8);
    await cancel(order);
    await settleAll(graph);
    expect((await givenBack(order)).reduce((sum, amount) => sum + amount, 0)).toBe(2_997);
    expect(await onHand(offer.variantId)).toBe(9);
  });

  test('orders of the same things the other way round do not wait for each other', async () => {
    const offers = await Promise.all(['A', 'B', 'C'].map((title) => putOnOffer(graph, tea, 100, title)));
    const orders = [];
    for (let index = 0; index < 12; index += 1) {
      orders.push(
        await buy(
          graph,
          (index % 2 ? offers : offers.toReversed()).map((offer) => [offer, 1] as const),
        ),
      );
    }
    const states = await Promise.all(orders.map(async (order) => (await cancel(order)).state));
    expect(new Set(states)).toEqual(new Set(['CANCELLED']));
  }, 60_000);
});

describe('a shop', () => {
  test('cancels its own part, with a reason that the buyer reads', async () => {
    const order = await buy(graph, [
      [await putOnOffer(graph, tea, 500, 'Sencha'), 1],
      [await putOnOffer(graph, pots, 900, 'Teapot'), 2],
    ]);
    const input = { shopOrderId: order.part(1).id, reason: 'Broken in the kiln' };
    const part = await take(graph, pots.owner, 'cancelShopOrder', { ...input, items: order.units({ Teapot: 1 }) });
    expect(part).toMatchObject({ state: 'PLACED', refunded: { amount: 900 } });
    expect(part.steps.at(-1)).toEqual({ state: 'PLACED', reason: 'Broken in the kiln' });
    expect(await take(graph, pots.owner, 'cancelShopOrder', input)).toMatchObject({ state: 'CANCELLED' });
    expect((await order.now()).state).toBe('PLACED');
    await deliver(graph, tea, order.part(0).id);
    expect((await order.now()).state).toBe('DELIVERED');
    await settleAll(graph);
    expect(await givenBack(order)).toEqual([900, 900]);
  });

  test('cancels nothing of another’s part, and nobody does who may not give money back', async () => {
    const order = await buy(graph, [
      [await putOnOffer(graph, tea, 500, 'Sencha'), 1],
      [await putOnOffer(graph, pots, 900, 'Teapot'), 1],
    ]);
    const input = { shopOrderId: order.part(1).id, reason: 'Mine' };
    for (const [as, code] of [
      [tea.owner, 'NOT_FOUND'],
      [seller(), 'NOT_FOUND'],
      [{ ...order.buyer.as!, scope: 'commerce:write commerce:refund' }, 'NOT_FOUND'],
      [seller('commerce:read commerce:write'), 'FORBIDDEN'],
      [{ ...pots.owner, scope: 'commerce:write' }, 'FORBIDDEN'],
      [{ ...pots.owner, scope: 'commerce:refund' }, 'FORBIDDEN'],
      [undefined, 'UNAUTHENTICATED'],
    ] as const) {
      expect((await refused(graph, as, 'cancelShopOrder', input)).code).toBe(code);
    }
    const wrong = { ...input, items: order.units({ Sencha: 1 }) };
    expect((await refused(graph, pots.owner, 'cancelShopOrder', wrong)).code).toBe('NOT_FOUND');
  });
});

test('A guest cancels with the token of the cart; nobody else cancels what somebody bought', async () => {
  const guest = new Buyer(graph, null);
  const theirs = await buy(graph, [[await putOnOffer(graph, tea, 500), 2]], { buyer: guest });
  const mine = await buy(graph, [[await putOnOffer(graph, tea, 500), 2]]);
  const stranger = new Buyer(graph).as;
  for (const order of [theirs, mine]) {
    for (const [as, token] of [
      [undefined, undefined],
      [undefined, 'another'],
      [stranger, undefined],
      [tea.owner, undefined],
      [seller(), guest.token === order.buyer.token ? undefined : guest.token],
    ] as const) {
      expect((await refused(graph, as, 'cancelOrder', { orderId: order.id, token })).code).toBe('NOT_FOUND');
    }
  }
  const key = { idempotencyKey: 'once' };
  expect(
    await cancel(theirs, { items: [{ orderItemId: theirs.part().items[0]!.id, quantity: 1 }], ...key }),
  ).toMatchObject({ state: 'PLACED', refunded: { amount: 500 } });
  const other = await buy(graph, [[await putOnOffer(graph, tea, 500), 1]], { buyer: new Buyer(graph, null) });
  expect(await cancel(other, key)).toMatchObject({ state: 'CANCELLED' });
});

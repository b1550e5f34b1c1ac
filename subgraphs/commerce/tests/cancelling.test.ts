import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Buyer } from './checkout.story.ts';
import { buy, deliver, refused, requireBooks, settleAll, take } from './fulfilment.story.ts';
import { behind, cancel, cannotCancel } from './money-back.story.ts';
import { type Market, openMarket, putOnOffer } from './offer.story.ts';
import { seller, startCommerce, type TestCommerce } from './story.ts';

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

describe('a buyer', () => {
  test('cancels an order that was not sent: the money and the goods go back', async () => {
    const [sencha, pot] = [await putOnOffer(graph, tea, 333, 'Sencha'), await putOnOffer(graph, pots, 4_999, 'Teapot')];
    const order = await buy(graph, [
      [sencha, 3],
      [pot, 1],
    ]);
    await settleAll(graph);
    const cancelled = await cancel(graph, order, { reason: 'Too late' });
    expect(cancelled).toMatchObject({ state: 'CANCELLED', stateReason: 'Too late', refunded: { amount: 5_998 } });
    expect(cancelled.shopOrders.map((part: any) => [part.state, part.refunded.amount])).toEqual([
      ['CANCELLED', 999],
      ['CANCELLED', 4_999],
    ]);
    expect(cancelled.steps.at(-1)).toEqual({ state: 'CANCELLED', reason: 'Too late' });
    expect([await bank.onHand(sencha.variantId), await bank.onHand(pot.variantId)]).toEqual([10_000, 10_000]);
    await settleAll(graph);
    expect((await bank.givenBack(order)).sort()).toEqual([4_999, 999]);
    expect(await bank.paymentOf(order)).toMatchObject({ state: 'REFUNDED', refunded: 5_998 });
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
    for (const quantity of [1, 1, 2, 3]) await cancel(graph, order, { items: order.units({ Sencha: quantity }) });
    expect((await order.now()).state).toBe('PLACED');
    await cancel(graph, order);
    await settleAll(graph);
    const [{ total }] = (await bank.rows<{ total: number }>('select total::int from customer_order where id = ?', [
      order.id,
    ])) as [{ total: number }];
    const amounts = await bank.givenBack(order);
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(total);
    expect(await bank.paymentOf(order)).toMatchObject({ state: 'REFUNDED', refunded: total });
  });

  test('cancels what is left when a part of it was sent', async () => {
    const order = await buy(graph, [
      [await putOnOffer(graph, tea, 500, 'Sencha'), 3],
      [await putOnOffer(graph, pots, 900, 'Teapot'), 1],
    ]);
    await deliver(graph, tea, order.part(0).id, { items: order.units({ Sencha: 1 }) });
    const left = await cancel(graph, order);
    expect([left.state, ...left.shopOrders.map((part: any) => part.state)]).toEqual([
      ...['DELIVERED', 'DELIVERED', 'CANCELLED'],
    ]);
    expect(left.refunded.amount).toBe(1_900);
    expect((await graph.eventsOf('order.cancelled')).at(-1)).toMatchObject({ isWhole: false, refunded: 1_900 });
    await settleAll(graph);
    expect(await bank.paymentOf(order)).toMatchObject({ state: 'PARTIALLY_REFUNDED', refunded: 1_900 });
    expect(await cannotCancel(graph, order)).toMatchObject({
      code: 'CONFLICT',
      message: 'Nothing of it can be cancelled any more.',
    });
    expect(await cannotCancel(graph, order, { items: order.units({ Sencha: 1 }) })).toMatchObject({
      code: 'CONFLICT',
      message: 'Only 0 of Sencha can still be cancelled.',
    });
  });

  test('under one key cancels once, however often at once', async () => {
    const order = await buy(graph, [[await putOnOffer(graph, tea, 500, 'Sencha'), 5]]);
    const input = { items: order.units({ Sencha: 1 }), idempotencyKey: randomUUID() };
    await Promise.all(Array.from({ length: 10 }, () => cancel(graph, order, input)));
    await settleAll(graph);
    expect((await order.now()).shopOrders[0].items[0].cancelled).toBe(1);
    expect(await bank.givenBack(order)).toEqual([500]);
    expect((await cannotCancel(graph, order, { ...input, items: order.units({ Sencha: 2 }) })).code).toBe(
      'IDEMPOTENCY_CONFLICT',
    );
  });

  test('pays nothing back for what cost nothing', async () => {
    const gift = await putOnOffer(graph, tea, 0, 'Sample');
    const order = await buy(graph, [[gift, 1]]);
    expect(await cancel(graph, order)).toMatchObject({ state: 'CANCELLED', refunded: { amount: 0 } });
    expect(await bank.onHand(gift.variantId)).toBe(10_000);
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
    expect(await bank.givenBack(order)).toEqual([900, 900]);
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
    await cancel(graph, theirs, { items: [{ orderItemId: theirs.part().items[0]!.id, quantity: 1 }], ...key }),
  ).toMatchObject({ state: 'PLACED', refunded: { amount: 500 } });
  const other = await buy(graph, [[await putOnOffer(graph, tea, 500), 1]], { buyer: new Buyer(graph, null) });
  expect(await cancel(graph, other, key)).toMatchObject({ state: 'CANCELLED' });
});

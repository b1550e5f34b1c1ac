import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Buyer, requireOrder } from './checkout.story.ts';
import { changeCatalogue, type Market, openMarket, putOnOffer } from './offer.story.ts';
import { staff, startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
let tea: Market;
let pots: Market;

beforeAll(async () => {
  graph = await startCommerce();
  tea = await openMarket(graph, { name: 'Tea House' });
  pots = await openMarket(graph, { name: 'Pottery', taxRate: 2_000, pricesIncludeTax: false });
});

afterEach(() => requireOrder(graph));

afterAll(() => graph.stop());

const stockOf = (variantId: string) =>
  graph.runtime.asSystem(async ({ em }) => {
    const [level] = await em.execute('select on_hand, reserved from stock_level where variant_id = ?', [variantId]);
    return level;
  });

describe('buying', () => {
  test('places one order, split by shop, that adds up to the cent', async () => {
    const [green, pot] = [await putOnOffer(graph, tea, 333, 'Sencha'), await putOnOffer(graph, pots, 4_999, 'Teapot')];
    const buyer = new Buyer(graph);
    const { totals } = await buyer.pick([green, 3], [pot, 1]);
    const { kind, order } = await buyer.buy();
    expect(kind).toBe('CheckoutCompleted');
    expect(order).toMatchObject({
      state: 'PLACED',
      email: 'ada@example.com',
      shippingAddress: { city: 'Genève' },
      totals,
    });
    expect(order.shopOrders).toMatchObject([
      { number: `${order.number}-1`, state: 'PLACED', items: [{ title: 'Sencha', quantity: 3 }] },
      { number: `${order.number}-2`, state: 'PLACED', items: [{ title: 'Teapot', quantity: 1 }] },
    ]);
    const whole = order.shopOrders.reduce((sum: number, part: any) => sum + part.totals.total.amount, 0);
    expect(whole).toBe(order.totals.total.amount);
    expect(order.steps.map(({ state }: any) => state)).toEqual(['PENDING_PAYMENT', 'PLACED']);
    expect(await buyer.cart()).toBeNull();
    expect(await buyer.order(order.id)).toEqual(order);
    expect(await stockOf(green.variantId)).toEqual({ on_hand: 9_997, reserved: 0 });
    const placed = (await graph.eventsOf('order.placed')).at(-1)!;
    expect(placed).toMatchObject({
      orderId: order.id,
      total: whole,
      shopOrders: [{ items: [{ title: 'Sencha' }] }, {}],
    });
  });

  test('takes the money once the order stands, and posts it by whose it is', async () => {
    const [green, pot] = [await putOnOffer(graph, tea, 1_081), await putOnOffer(graph, pots, 10_000)];
    const buyer = new Buyer(graph);
    await buyer.pick([green, 1], [pot, 1]);
    const { order } = await buyer.buy();
    await graph.runJobs();
    const [payment] = await graph.runtime.asSystem(({ em }) =>
      em.execute('select state, captured::int from payment where order_id = ?', [order.id]),
    );
    expect(payment).toEqual({ state: 'CAPTURED', captured: 13_081 });
    const balance = async ({ shopId, owner }: Market) =>
      (await graph.data('query ($id: ID!) { shop(id: $id) { balance { amount currency } } }', owner, { id: shopId }))[
        'shop'
      ].balance;
    // A tenth of what is left after tax is the platform's: of 10.00 and of 100.00.
    expect(await balance(tea)).toContainEqual({ amount: expect.any(Number), currency: 'CHF' });
    expect(await balance(pots)).toContainEqual({ amount: expect.any(Number), currency: 'CHF' });
  });

  test('works for a guest, who sees the order with the token of the cart', async () => {
    const green = await putOnOffer(graph, tea, 500);
    const guest = new Buyer(graph, null);
    await guest.pick([green, 1]);
    const input = await guest.agreement();
    const { order } = await guest.send(input);
    expect(order.state).toBe('PLACED');
    expect((await guest.order(order.id)).number).toBe(order.number);
    expect((await guest.send(input)).order.id).toBe(order.id);
    expect(await new Buyer(graph, null).order(order.id)).toBeNull();
    expect(await new Buyer(graph).order(order.id)).toBeNull();
  });

  test('tells each shop its own part and where to send it, and nothing of the rest', async () => {
    const [green, pot] = [await putOnOffer(graph, tea, 500, 'Sencha'), await putOnOffer(graph, pots, 900, 'Teapot')];
    const buyer = new Buyer(graph);
    await buyer.pick([green, 1], [pot, 1]);
    await buyer.buy();
    const document = `query ($id: ID!) { shop(id: $id) { orders(first: 1) {
      edges { node { order { id } shippingAddress { city } items { title } } } } } }`;
    const { shop } = await graph.data(document, tea.owner, { id: tea.shopId });
    expect(shop.orders.edges).toEqual([
      { node: { order: null, shippingAddress: { city: 'Genève' }, items: [{ title: 'Sencha' }] } },
    ]);
  });

  test('costs nothing where there is nothing to pay', async () => {
    const gift = await putOnOffer(graph, tea, 0, 'Sample');
    const buyer = new Buyer(graph);
    await buyer.pick([gift, 1]);
    expect(await buyer.buy()).toMatchObject({ kind: 'CheckoutCompleted', order: { state: 'PLACED' } });
  });

  test.each([
    ['JPY', 1_200, { taxRate: 1_000, pricesIncludeTax: false }, 1_320],
    ['KWD', 12_345, { taxRate: 500, pricesIncludeTax: true }, 12_345],
  ])('counts in %s as it is counted', async (currency, price, terms, total) => {
    const market = await openMarket(graph, { currency, ...terms });
    const buyer = new Buyer(graph);
    await buyer.pick([await putOnOffer(graph, market, price), 1]);
    const { order } = await buyer.buy();
    expect(order.totals.total).toEqual({ amount: total, currency });
  });
});

describe('what is not as the buyer saw it', () => {
  test('is not bought: another price, a shop that was stopped, too little of it', async () => {
    const stopped = await openMarket(graph, { name: 'Counterfeits' });
    const [green, fake] = [
      await putOnOffer(graph, tea, 500, 'Sencha', 2),
      await putOnOffer(graph, stopped, 900, 'Watch'),
    ];
    const buyer = new Buyer(graph);
    await buyer.pick([green, 3]);
    const { variantId } = green;
    expect(await buyer.buy()).toEqual({ kind: 'OutOfStock', items: [{ variantId, requested: 3, available: 2 }] });
    await buyer.change('changeCartItem', { variantId, quantity: 2 });
    const before = await buyer.agreement();
    await changeCatalogue(graph, 'update product_variant set price = 600 where id = ?', [variantId]);
    expect(await buyer.send(before)).toEqual({
      kind: 'PriceChanged',
      cart: { totals: { total: { amount: 1_200, currency: 'CHF' } } },
    });
    // The total is right, and still nobody has agreed to the price.
    expect(await buyer.buy()).toMatchObject({ kind: 'PriceChanged' });
    await changeCatalogue(graph, 'update product_variant set price = 500 where id = ?', [variantId]);
    await buyer.pick([fake, 1]);
    const suspend = 'mutation ($input: SuspendShopInput!) { suspendShop(input: $input) { id } }';
    await graph.data(suspend, staff(), { input: { id: stopped.shopId, reason: 'Fakes' } });
    expect(await buyer.buy()).toEqual({
      kind: 'CartNotReady',
      problems: [{ kind: 'SHOP_NOT_OPEN', message: 'Counterfeits does not sell at the moment, and with it Watch.' }],
    });
    expect(await stockOf(variantId)).toEqual({ on_hand: 2, reserved: 0 });
    await buyer.change('removeFromCart', { variantId: fake.variantId });
    expect(await buyer.buy()).toMatchObject({ kind: 'CheckoutCompleted' });
  });

  test('is refused: an empty cart, none at all, and a machine', async () => {
    const buyer = new Buyer(graph);
    expect(await buyer.cannotBuy(await buyer.agreement())).toEqual(['NOT_FOUND']);
    const green = await putOnOffer(graph, tea, 500);
    await buyer.pick([green, 1]);
    await buyer.change('removeFromCart', { variantId: green.variantId });
    expect(await buyer.cannotBuy(await buyer.agreement())).toEqual(['CONFLICT']);
    const machine = new Buyer(graph, { sub: randomUUID(), org: randomUUID(), scope: '', sid: undefined });
    expect(await machine.cannotBuy(await machine.agreement())).toEqual(['FORBIDDEN']);
    expect(await new Buyer(graph, null).cannotBuy(await new Buyer(graph, null).agreement())).toEqual(['NOT_FOUND']);
  });
});

describe('a payment', () => {
  test('that is declined leaves the cart as it was, to be paid otherwise', async () => {
    const green = await putOnOffer(graph, tea, 500, 'Sencha', 1);
    const buyer = new Buyer(graph);
    await buyer.pick([green, 1]);
    const failed = await buyer.buy({ paymentMethod: 'test_decline' });
    expect(failed).toMatchObject({
      kind: 'CheckoutFailed',
      reason: 'The card was declined.',
      order: { state: 'CANCELLED' },
    });
    expect((await buyer.cart()).items).toHaveLength(1);
    expect(await stockOf(green.variantId)).toEqual({ on_hand: 1, reserved: 0 });
    expect(await buyer.buy()).toMatchObject({ kind: 'CheckoutCompleted' });
  });

  test('that needs the buyer holds what was bought, and expires when they do nothing', async () => {
    const green = await putOnOffer(graph, tea, 500, 'Sencha', 1);
    const buyer = new Buyer(graph);
    await buyer.pick([green, 1]);
    const input = await buyer.agreement({ paymentMethod: 'test_action' });
    const pending = await buyer.send(input);
    expect(pending).toMatchObject({ kind: 'CheckoutPending', payment: { nextAction: { url: expect.any(String) } } });
    expect(await stockOf(green.variantId)).toEqual({ on_hand: 1, reserved: 1 });
    const rival = new Buyer(graph);
    await rival.pick([green, 1]);
    expect(await rival.buy()).toMatchObject({ kind: 'OutOfStock' });
    expect(await buyer.cannotBuy({ ...input, idempotencyKey: randomUUID() })).toEqual(['CONFLICT']);
    graph.clock.advance({ minutes: 16 });
    await graph.runtime.asSystem(async (work) => work.schedule({ name: 'expire-orders', data: {}, key: randomUUID() }));
    await graph.runJobs();
    expect(await buyer.order(pending.order.id)).toMatchObject({ state: 'EXPIRED' });
    expect(await rival.buy()).toMatchObject({ kind: 'CheckoutCompleted' });
    expect((await buyer.send(input)).kind).toBe('CheckoutFailed');
  });

  test('that is decided later places the order, whoever is still there', async () => {
    const green = await putOnOffer(graph, tea, 500);
    const [lucky, unlucky] = [new Buyer(graph), new Buyer(graph)];
    const ids: string[] = [];
    for (const [buyer, paymentMethod] of [
      [lucky, 'test_async'],
      [unlucky, 'test_async_decline'],
    ] as const) {
      await buyer.pick([green, 1]);
      const { kind, order } = await buyer.buy({ paymentMethod });
      expect(kind).toBe('CheckoutPending');
      ids.push(order.id);
    }
    await graph.runJobs();
    await graph.drainEvents();
    await graph.runJobs();
    expect(await lucky.order(ids[0]!)).toMatchObject({ state: 'PLACED' });
    expect(await unlucky.order(ids[1]!)).toMatchObject({ state: 'CANCELLED' });
  });
});

test('A promotion for one order is used by one of ten who order at once', async () => {
  const code = `ONE-${randomUUID().slice(0, 8).toUpperCase()}`;
  const promotion = { shopId: tea.shopId, code, description: 'Half', rate: 5_000, currency: 'CHF', usageLimit: 1 };
  await graph.data('mutation ($input: CreatePromotionInput!) { createPromotion(input: $input) { id } }', tea.owner, {
    input: promotion,
  });
  const green = await putOnOffer(graph, tea, 1_000);
  const inputs = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const buyer = new Buyer(graph);
      await buyer.pick([green, 1]);
      await buyer.change('applyPromotion', { code });
      return { buyer, input: await buyer.agreement() };
    }),
  );
  const kinds = await Promise.all(
    inputs.map(({ buyer, input }) =>
      buyer.send(input).then(
        ({ kind }) => kind,
        () => 'refused',
      ),
    ),
  );
  expect(kinds.filter((kind) => kind === 'CheckoutCompleted')).toHaveLength(1);
  const [{ used_count: used }] = await graph.runtime.asSystem(({ em }) =>
    em.execute<[{ used_count: number }]>('select used_count from promotion where code = ?', [code]),
  );
  expect(used).toBe(1);
});

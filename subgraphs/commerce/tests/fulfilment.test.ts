import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Buyer } from './checkout.story.ts';
import { type Bought, buy, deliver, refused, requireBooks, take } from './fulfilment.story.ts';
import { type Market, openMarket, putOnOffer } from './offer.story.ts';
import { seller, staff, startCommerce, type TestCommerce } from './story.ts';

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

const twoThings = async (): Promise<Bought> =>
  buy(graph, [
    [await putOnOffer(graph, tea, 500, 'Sencha'), 3],
    [await putOnOffer(graph, tea, 900, 'Matcha'), 2],
  ]);

const countsOf = ({ items }: any) =>
  Object.fromEntries(items.map((item: any) => [item.title, [item.fulfilled, item.delivered, item.cancellable]]));

describe('sending', () => {
  test('takes an order from parcel to parcel, each told to whoever has to know', async () => {
    const order = await twoThings();
    const { id: shopOrderId, number: shopOrderNumber } = order.part();
    const tracking = { carrier: 'Post', trackingNumber: '99.1', trackingUrl: 'https://post.example/99.1' };
    const first = await take(graph, tea.owner, 'fulfillShopOrder', {
      shopOrderId,
      items: order.units({ Sencha: 2 }),
      ...tracking,
    });
    expect(first).toMatchObject({ state: 'SENT', ...tracking, items: [{ quantity: 2, item: { title: 'Sencha' } }] });
    let now = await order.now();
    expect([now.state, now.shopOrders[0].state]).toEqual(['PARTIALLY_FULFILLED', 'PARTIALLY_FULFILLED']);
    expect(countsOf(now.shopOrders[0])).toEqual({ Sencha: [2, 0, 1], Matcha: [0, 0, 2] });
    const second = await take(graph, tea.owner, 'fulfillShopOrder', { shopOrderId });
    expect(second.items).toHaveLength(2);
    now = await order.now();
    expect([now.state, now.shopOrders[0].state]).toEqual(['FULFILLED', 'FULFILLED']);
    await take(graph, tea.owner, 'recordDelivery', { fulfillmentId: second.id });
    expect((await order.now()).state).toBe('FULFILLED');
    const arrived = await take(graph, tea.owner, 'recordDelivery', { fulfillmentId: first.id });
    expect(arrived).toMatchObject({ state: 'DELIVERED', deliveredAt: expect.any(String) });
    now = await order.now();
    expect(countsOf(now.shopOrders[0])).toEqual({ Sencha: [3, 3, 0], Matcha: [2, 2, 0] });
    const states = ({ steps }: any) => steps.map(({ state }: any) => state);
    expect(states(now)).toEqual(['PENDING_PAYMENT', 'PLACED', 'PARTIALLY_FULFILLED', 'FULFILLED', 'DELIVERED']);
    expect(states(now.shopOrders[0])).toEqual([
      ...['PLACED', 'PARTIALLY_FULFILLED', 'FULFILLED', 'FULFILLED', 'DELIVERED'],
    ]);
    const named = {
      ...{ orderId: order.id, number: now.number, userId: order.buyer.as!.sub, email: 'ada@example.com' },
      ...{ shopOrderId, shopOrderNumber, shopId: tea.shopId, shopName: 'Tea House', organizationId: tea.owner.org },
    };
    expect((await graph.eventsOf('order.fulfilled')).slice(-2)).toEqual([
      {
        ...named,
        ...tracking,
        ...{ fulfillmentId: first.id, isComplete: false },
        items: [expect.objectContaining({ title: 'Sencha', quantity: 2 })],
      },
      expect.objectContaining({ fulfillmentId: second.id, carrier: null, isComplete: true }),
    ]);
    expect((await graph.eventsOf('order.delivered')).slice(-2)).toMatchObject([
      { ...named, fulfillmentId: second.id, isComplete: false },
      { ...named, fulfillmentId: first.id, isComplete: true },
    ]);
  });

  test('of one shop leaves that of the other to it', async () => {
    const order = await buy(graph, [
      [await putOnOffer(graph, tea, 500, 'Sencha'), 1],
      [await putOnOffer(graph, pots, 900, 'Teapot'), 1],
    ]);
    await deliver(graph, tea, order.part(0).id);
    const now = await order.now();
    expect([now.state, ...now.shopOrders.map((part: any) => part.state)]).toEqual([
      ...['PARTIALLY_FULFILLED', 'DELIVERED', 'PLACED'],
    ]);
    expect(await refused(graph, tea.owner, 'fulfillShopOrder', { shopOrderId: order.part(1).id })).toMatchObject({
      code: 'NOT_FOUND',
    });
    await deliver(graph, pots, order.part(1).id);
    expect((await order.now()).state).toBe('DELIVERED');
  });

  test('under one key is one parcel, however often it is asked for at once', async () => {
    const order = await twoThings();
    const input = { shopOrderId: order.part().id, items: order.units({ Sencha: 1 }), idempotencyKey: randomUUID() };
    const parcels = await Promise.all(
      Array.from({ length: 10 }, () => take(graph, tea.owner, 'fulfillShopOrder', input)),
    );
    expect(new Set(parcels.map(({ id }) => id)).size).toBe(1);
    expect((await order.now()).shopOrders[0].fulfillments).toHaveLength(1);
    const other = { ...input, items: order.units({ Sencha: 2 }) };
    expect((await refused(graph, tea.owner, 'fulfillShopOrder', other)).code).toBe('IDEMPOTENCY_CONFLICT');
  });

  test('twenty parcels at once never have more in them than was bought', async () => {
    const order = await buy(graph, [[await putOnOffer(graph, tea, 500, 'Sencha'), 7]]);
    const input = { shopOrderId: order.part().id, items: order.units({ Sencha: 2 }) };
    const codes = await Promise.all(
      Array.from({ length: 20 }, () => refused(graph, tea.owner, 'fulfillShopOrder', input).then(({ code }) => code)),
    );
    expect(codes.filter((code) => code === undefined)).toHaveLength(3);
    expect(codes.filter((code) => code === 'CONFLICT')).toHaveLength(17);
    const [part] = (await order.now()).shopOrders;
    expect(countsOf(part)).toEqual({ Sencha: [6, 0, 1] });
    await take(graph, tea.owner, 'fulfillShopOrder', { shopOrderId: part.id });
    expect(await refused(graph, tea.owner, 'fulfillShopOrder', { shopOrderId: part.id })).toMatchObject({
      code: 'CONFLICT',
      message: 'Nothing of it can be sent any more.',
    });
  });

  test('goes on in a suspended shop: it owes what it sold', async () => {
    const market = await openMarket(graph);
    const order = await buy(graph, [[await putOnOffer(graph, market, 500), 1]]);
    const suspend = 'mutation ($input: SuspendShopInput!) { suspendShop(input: $input) { state } }';
    await graph.data(suspend, staff(), { input: { id: market.shopId, reason: 'Fakes' } });
    await deliver(graph, market, order.part().id);
    expect((await order.now()).state).toBe('DELIVERED');
  });

  test('waits until an order is paid', async () => {
    const buyer = new Buyer(graph);
    await buyer.pick([await putOnOffer(graph, tea, 500), 1]);
    const { order } = await buyer.buy({ paymentMethod: 'test_action' });
    const [{ id: shopOrderId }] = order.shopOrders;
    expect(await refused(graph, tea.owner, 'fulfillShopOrder', { shopOrderId })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      from: 'PENDING_PAYMENT',
    });
  });

  test.each([
    ['more than was bought', { quantity: 4 }, 'CONFLICT'],
    ['none', { quantity: 0 }, 'BAD_USER_INPUT'],
    ['what was not ordered', { orderItemId: randomUUID() }, 'NOT_FOUND'],
  ])('refuses %s', async (_, change, code) => {
    const order = await twoThings();
    const items = [{ ...order.units({ Sencha: 1 })[0]!, ...change }];
    expect(await refused(graph, tea.owner, 'fulfillShopOrder', { shopOrderId: order.part().id, items })).toMatchObject({
      code,
    });
  });

  test('refuses an item that is named twice, and no items', async () => {
    const order = await twoThings();
    for (const items of [[...order.units({ Sencha: 1 }), ...order.units({ Sencha: 1 })], []]) {
      const input = { shopOrderId: order.part().id, items };
      expect((await refused(graph, tea.owner, 'fulfillShopOrder', input)).code).toBe('BAD_USER_INPUT');
    }
  });

  test.each(['http://post.example/1', 'javascript:alert(1)', 'https://user:secret@post.example/', 'post.example'])(
    'refuses to lead buyers to %s',
    async (trackingUrl) => {
      const order = await twoThings();
      const input = { shopOrderId: order.part().id, trackingUrl };
      expect((await refused(graph, tea.owner, 'fulfillShopOrder', input)).code).toBe('BAD_USER_INPUT');
    },
  );
});

describe('a parcel', () => {
  test('gets another tracking number, unless somebody else gave it one meanwhile', async () => {
    const order = await twoThings();
    const parcel = await take(graph, tea.owner, 'fulfillShopOrder', { shopOrderId: order.part().id, carrier: 'Post' });
    const correction = { fulfillmentId: parcel.id, version: parcel.version, trackingNumber: '99.2' };
    const corrected = await take(graph, tea.owner, 'correctTracking', correction);
    expect(corrected).toMatchObject({ carrier: null, trackingNumber: '99.2', version: parcel.version + 1 });
    expect((await refused(graph, tea.owner, 'correctTracking', correction)).code).toBe('VERSION_CONFLICT');
  });

  test('that was noted by mistake is undone, and sent again; not once it has arrived', async () => {
    const order = await twoThings();
    const shopOrderId = order.part().id;
    const { id: fulfillmentId } = await take(graph, tea.owner, 'fulfillShopOrder', { shopOrderId });
    const undo = { fulfillmentId, reason: 'The wrong order' };
    expect(await take(graph, tea.owner, 'undoFulfillment', undo)).toMatchObject({ state: 'UNDONE' });
    const now = await order.now();
    expect(now.state).toBe('PLACED');
    expect(now.steps.at(-1)).toEqual({ state: 'PLACED', reason: 'The wrong order' });
    expect(countsOf(now.shopOrders[0])).toEqual({ Sencha: [0, 0, 3], Matcha: [0, 0, 2] });
    for (const step of ['undoFulfillment', 'recordDelivery'] as const) {
      const input = step === 'undoFulfillment' ? undo : { fulfillmentId };
      expect(await refused(graph, tea.owner, step, input)).toMatchObject({
        code: 'ILLEGAL_TRANSITION',
        from: 'UNDONE',
      });
    }
    const again = await deliver(graph, tea, shopOrderId);
    expect(await refused(graph, tea.owner, 'undoFulfillment', { ...undo, fulfillmentId: again.id })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      from: 'DELIVERED',
      to: 'UNDONE',
    });
  });

  test('is delivered or undone, never both, when the two meet', async () => {
    const order = await buy(graph, [[await putOnOffer(graph, tea, 500), 1]]);
    const { id } = await take(graph, tea.owner, 'fulfillShopOrder', { shopOrderId: order.part().id });
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, () => refused(graph, tea.owner, 'recordDelivery', { fulfillmentId: id })),
      ...Array.from({ length: 4 }, () =>
        refused(graph, tea.owner, 'undoFulfillment', { fulfillmentId: id, reason: 'Oops' }),
      ),
    ]);
    expect(answers.filter(({ code }) => code === undefined)).toHaveLength(1);
    expect(answers.filter(({ code }) => (code as string) === 'ILLEGAL_TRANSITION')).toHaveLength(7);
  });
});

describe('nobody else', () => {
  test('sends, delivers, corrects or undoes: another shop, the buyer, a guest, and who may only read', async () => {
    const order = await twoThings();
    const shopOrderId = order.part().id;
    const parcel = await take(graph, tea.owner, 'fulfillShopOrder', { shopOrderId, items: order.units({ Sencha: 1 }) });
    const fulfillmentId = parcel.id;
    const steps = [
      ['fulfillShopOrder', { shopOrderId }],
      ['recordDelivery', { fulfillmentId }],
      ['undoFulfillment', { fulfillmentId, reason: 'Mine' }],
      ['correctTracking', { fulfillmentId, version: parcel.version }],
    ] as const;
    const { as: buyer } = order.buyer;
    for (const [step, input] of steps) {
      for (const [as, code] of [
        [seller(), 'NOT_FOUND'],
        [{ ...buyer!, scope: 'commerce:write' }, 'NOT_FOUND'],
        [buyer, 'FORBIDDEN'],
        [{ ...tea.owner, scope: 'commerce:read' }, 'FORBIDDEN'],
        [undefined, 'UNAUTHENTICATED'],
      ] as const) {
        expect([step, (await refused(graph, as, step, input)).code]).toEqual([step, code]);
      }
    }
  });

  test('sees a parcel by its id', async () => {
    const order = await twoThings();
    const { id } = await deliver(graph, tea, order.part().id);
    const seen = (as?: Parameters<typeof graph.entities>[3]) => graph.entities('Fulfillment', [id], 'id state', as);
    expect(await seen(order.buyer.as)).toEqual([{ id, state: 'DELIVERED' }]);
    expect(await seen(tea.owner)).toEqual([{ id, state: 'DELIVERED' }]);
    for (const as of [undefined, seller(), new Buyer(graph).as, { ...tea.owner, scope: '' }]) {
      expect(await seen(as)).toEqual([null]);
    }
  });
});

test('A guest sees what was sent with the token of the cart', async () => {
  const guest = new Buyer(graph, null);
  const order = await buy(graph, [[await putOnOffer(graph, tea, 500, 'Sencha'), 1]], { buyer: guest });
  await deliver(graph, tea, order.part().id);
  expect((await order.now()).shopOrders[0].fulfillments).toMatchObject([
    { state: 'DELIVERED', items: [{ quantity: 1, item: { title: 'Sencha' } }] },
  ]);
});

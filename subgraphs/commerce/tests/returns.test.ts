import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Bought, buy, deliver, refused, requireBooks, settleAll, take } from './fulfilment.story.ts';
import { behind } from './money-back.story.ts';
import { type Market, type Offered, openMarket, putOnOffer } from './offer.story.ts';
import { startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
let tea: Market;
let sencha: Offered;
let matcha: Offered;
let bank: ReturnType<typeof behind>;

beforeAll(async () => {
  graph = await startCommerce({ environment: { DATABASE_POOL_SIZE: 20 } });
  bank = behind(graph);
  tea = await openMarket(graph, { name: 'Tea House', returnDays: 14 });
  sencha = await putOnOffer(graph, tea, 333, 'Sencha');
  matcha = await putOnOffer(graph, tea, 900, 'Matcha');
});

afterEach(() => requireBooks(graph));

afterAll(() => graph.stop());

/** Three of one thing and one of another, which have arrived. */
async function delivered(): Promise<Bought> {
  const order = await buy(graph, [
    [sencha, 3],
    [matcha, 1],
  ]);
  await settleAll(graph);
  await deliver(graph, tea, order.part().id);
  return order;
}

/** What a buyer asks for: one of the first thing unless told. Things that were bought at one moment have no order. */
const asked = (order: Bought, input: object = {}) => ({
  ...{ shopOrderId: order.part().id, token: order.buyer.token, reason: 'DAMAGED' },
  ...{
    items: [{ orderItemId: order.part().items.find(({ title }) => title !== 'Matcha')!.id, quantity: 1 }],
    ...input,
  },
});
const ask = (order: Bought, input: object = {}) => take(graph, order.buyer.as, 'requestReturn', asked(order, input));
const cannotAsk = (order: Bought, input: object = {}) =>
  refused(graph, order.buyer.as, 'requestReturn', asked(order, input));
const receive = (returnId: string, items: object[], input: object = {}) =>
  take(graph, tea.owner, 'receiveReturn', { returnId, items, ...input });
const itemOf = (order: Bought, title: string) => order.units({ [title]: 1 })[0]!.orderItemId;
const returnableOf = async (order: Bought) =>
  Object.fromEntries((await order.now()).shopOrders[0].items.map((item: any) => [item.title, item.returnable]));

describe('a return', () => {
  test('is on the shop’s dashboard until it has come back, or nobody waits for it', async () => {
    const document = 'query ($id: ID!) { shop(id: $id) { dashboard { openReturnCount } } }';
    const open = async () =>
      (await graph.data(document, tea.owner, { id: tea.shopId }))['shop'].dashboard.openReturnCount;
    const before = await open();
    const { id: returnId } = await ask(await delivered());
    const { id: declined } = await ask(await delivered());
    expect(await open()).toBe(before + 2);
    await take(graph, tea.owner, 'approveReturn', { returnId });
    await take(graph, tea.owner, 'declineReturn', { returnId: declined, reason: 'It is fine.' });
    expect(await open()).toBe(before + 1);
  });

  test('goes from the buyer to the shop, and the money the other way', async () => {
    const order = await delivered();
    const before = await bank.onHand(sencha.variantId);
    const units = order.units({ Sencha: 2, Matcha: 1 });
    const { id: returnId, ...requested } = await ask(order, { items: units, note: 'Wet' });
    expect(requested).toMatchObject({ state: 'REQUESTED', reason: 'DAMAGED', note: 'Wet', refund: null });
    expect(await returnableOf(order)).toEqual({ Sencha: 1, Matcha: 0 });
    expect(await take(graph, tea.owner, 'approveReturn', { returnId })).toMatchObject({ state: 'APPROVED' });
    const received = await receive(returnId, [
      { orderItemId: itemOf(order, 'Sencha'), restocked: 1, damaged: 1 },
      { orderItemId: itemOf(order, 'Matcha'), damaged: 1 },
    ]);
    expect(received).toMatchObject({ state: 'RECEIVED', refund: { amount: 1_566 }, kept: { amount: 0 } });
    const now = await order.now();
    expect([now.state, now.shopOrders[0].state, now.refunded.amount]).toEqual([
      ...['PARTIALLY_RETURNED', 'PARTIALLY_RETURNED', 1_566],
    ]);
    expect(await bank.onHand(sencha.variantId)).toBe(before + 1);
    await settleAll(graph);
    expect(await bank.givenBack(order)).toEqual([1_566]);
    const last = await ask(order, { reason: 'NO_LONGER_WANTED' });
    await take(graph, tea.owner, 'approveReturn', { returnId: last.id });
    await receive(last.id, [{ orderItemId: itemOf(order, 'Sencha'), restocked: 1 }]);
    await settleAll(graph);
    expect((await order.now()).state).toBe('RETURNED');
    expect(await bank.paymentOf(order)).toMatchObject({ state: 'REFUNDED', refunded: 1_899 });
    const named = {
      returnId,
      orderId: order.id,
      shopName: 'Tea House',
      organizationId: tea.owner.org,
      currency: 'CHF',
    };
    const told = async (name: 'return.requested' | 'return.approved' | 'return.received') =>
      (await graph.eventsOf(name)).find((event) => event.returnId === returnId);
    const both = [
      { title: 'Sencha', quantity: 2 },
      { title: 'Matcha', quantity: 1 },
    ];
    expect(await told('return.requested')).toMatchObject({ ...named, reason: 'Wet', refunded: null, items: both });
    expect(await told('return.approved')).toMatchObject({ ...named, refunded: null });
    expect(await told('return.received')).toMatchObject({ ...named, reason: null, refunded: 1_566, items: both });
  });

  test('may bring back less than was asked for, and the shop may keep some of the money', async () => {
    const order = await delivered();
    const { id: returnId } = await ask(order, { items: order.units({ Sencha: 3, Matcha: 1 }) });
    await take(graph, tea.owner, 'approveReturn', { returnId });
    const items = [{ orderItemId: itemOf(order, 'Sencha'), restocked: 2 }];
    const keep = { amount: 100, currency: 'CHF' };
    const wrong = [
      [{ items, keep }, 'BAD_USER_INPUT'],
      [{ items, keep: { ...keep, currency: 'USD' }, reason: 'Opened' }, 'BAD_USER_INPUT'],
      [{ items, keep: { ...keep, amount: -1 }, reason: 'Opened' }, 'BAD_USER_INPUT'],
      [{ items, keep: { ...keep, amount: 667 }, reason: 'Opened' }, 'CONFLICT'],
      [{ items: [{ orderItemId: itemOf(order, 'Sencha'), restocked: 2, damaged: 2 }] }, 'CONFLICT'],
      [{ items: [{ orderItemId: itemOf(order, 'Sencha') }] }, 'BAD_USER_INPUT'],
      [{ items: [...items, ...items] }, 'BAD_USER_INPUT'],
      [{ items: [{ orderItemId: randomUUID(), restocked: 1 }] }, 'NOT_FOUND'],
      [{ items: [] }, 'BAD_USER_INPUT'],
    ] as const;
    for (const [input, code] of wrong) {
      expect((await refused(graph, tea.owner, 'receiveReturn', { returnId, ...input })).code).toBe(code);
    }
    const received = await receive(returnId, items, { keep, reason: 'Opened' });
    expect(received).toMatchObject({
      ...{ state: 'RECEIVED', refund: { amount: 566 }, kept: { amount: 100 }, decisionReason: 'Opened' },
    });
    await settleAll(graph);
    expect(await bank.givenBack(order)).toEqual([566]);
    // What did not come back may another time.
    expect(await returnableOf(order)).toEqual({ Sencha: 1, Matcha: 1 });
  });

  test('is given back once under one key, however often at once', async () => {
    const order = await delivered();
    const key = { idempotencyKey: randomUUID() };
    const requests = await Promise.all(Array.from({ length: 5 }, () => ask(order, key)));
    expect(new Set(requests.map(({ id }) => id)).size).toBe(1);
    const returnId = requests[0]!.id;
    await take(graph, tea.owner, 'approveReturn', { returnId });
    const items = [{ orderItemId: itemOf(order, 'Sencha'), restocked: 1 }];
    await Promise.all(Array.from({ length: 5 }, () => receive(returnId, items, key)));
    expect((await refused(graph, tea.owner, 'receiveReturn', { returnId, items, ...key, reason: 'Other' })).code).toBe(
      'IDEMPOTENCY_CONFLICT',
    );
    expect((await refused(graph, tea.owner, 'receiveReturn', { returnId, items })).code).toBe('ILLEGAL_TRANSITION');
    await settleAll(graph);
    expect(await bank.givenBack(order)).toEqual([333]);
  });

  test('of units that were partly cancelled gives back what was paid, to the last minor unit', async () => {
    const order = await buy(graph, [[await putOnOffer(graph, tea, 100, 'Odd'), 3]]);
    await take(graph, order.buyer.as, 'cancelOrder', { orderId: order.id, items: order.units({ Odd: 1 }) });
    await deliver(graph, tea, order.part().id);
    const { id: returnId } = await ask(order, { items: order.units({ Odd: 2 }) });
    await take(graph, tea.owner, 'approveReturn', { returnId });
    await receive(returnId, [{ orderItemId: itemOf(order, 'Odd'), restocked: 2 }]);
    await settleAll(graph);
    expect(await order.now()).toMatchObject({ state: 'RETURNED', refunded: { amount: 300 } });
    expect(await bank.paymentOf(order)).toMatchObject({ state: 'REFUNDED' });
  });
});

describe('the steps of a return', () => {
  const STEPS = {
    approve: (returnId: string, as = tea.owner) => refused(graph, as, 'approveReturn', { returnId }),
    decline: (returnId: string, as = tea.owner) => refused(graph, as, 'declineReturn', { returnId, reason: 'Worn' }),
    receive: (returnId: string, order: Bought) =>
      refused(graph, tea.owner, 'receiveReturn', {
        returnId,
        items: [{ orderItemId: itemOf(order, 'Sencha'), restocked: 1 }],
      }),
    withdraw: (returnId: string, order: Bought) => refused(graph, order.buyer.as, 'withdrawReturn', { returnId }),
  } as const;
  type Step = keyof typeof STEPS;
  const run = (step: Step, id: string, order: Bought) =>
    step === 'approve' || step === 'decline' ? STEPS[step](id) : STEPS[step](id, order);

  test.each<[string, Step[], Partial<Record<Step, boolean>>]>([
    ['REQUESTED', [], { approve: true, decline: true, withdraw: true }],
    ['APPROVED', ['approve'], { receive: true, withdraw: true }],
    ['DECLINED', ['decline'], {}],
    ['WITHDRAWN', ['withdraw'], {}],
    ['RECEIVED', ['approve', 'receive'], {}],
  ])(
    'from %s are those there are',
    async (state, way, allowed) => {
      for (const step of Object.keys(STEPS) as Step[]) {
        const order = await buy(graph, [[sencha, 1]]);
        await deliver(graph, tea, order.part().id);
        const { id } = await ask(order);
        for (const before of way) await run(before, id, order);
        const { code, from } = (await run(step, id, order)) as { code?: string; from?: string };
        const expected = allowed[step] ? [step, undefined, undefined] : [step, 'ILLEGAL_TRANSITION', state];
        expect([step, code, from]).toEqual(expected);
      }
      await settleAll(graph);
    },
    30_000,
  );

  test('that was declined or withdrawn frees what it was about', async () => {
    const order = await delivered();
    const all = { items: order.units({ Sencha: 3 }) };
    const first = await ask(order, all);
    expect(await cannotAsk(order)).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('Only 0') });
    const declined = await take(graph, tea.owner, 'declineReturn', { returnId: first.id, reason: 'Worn' });
    expect(declined).toMatchObject({ state: 'DECLINED', decisionReason: 'Worn', decidedAt: expect.any(String) });
    expect((await graph.eventsOf('return.declined')).at(-1)).toMatchObject({ returnId: first.id, reason: 'Worn' });
    const second = await ask(order, all);
    await take(graph, tea.owner, 'approveReturn', { returnId: second.id });
    await take(graph, order.buyer.as, 'withdrawReturn', { returnId: second.id });
    expect(await returnableOf(order)).toEqual({ Sencha: 3, Matcha: 1 });
    await ask(order, all);
  });
});

describe('there is time for a return', () => {
  test('from the delivery of each parcel, for as many days as the shop gave when it was bought', async () => {
    const order = await buy(graph, [[sencha, 3]]);
    expect(await cannotAsk(order)).toMatchObject({ code: 'CONFLICT' });
    await deliver(graph, tea, order.part().id, { items: order.units({ Sencha: 2 }) });
    graph.clock.advance({ days: 10 });
    await deliver(graph, tea, order.part().id);
    const { id, version } = (
      await graph.data('query ($id: ID!) { shop(id: $id) { id version } }', tea.owner, { id: tea.shopId })
    )['shop'];
    const update = 'mutation ($input: UpdateShopInput!) { updateShop(input: $input) { returnDays } }';
    await graph.data(update, tea.owner, { input: { id, version, returnDays: 0 } });
    expect(await returnableOf(order)).toEqual({ Sencha: 3 });
    graph.clock.advance({ days: 4 });
    expect(await returnableOf(order)).toEqual({ Sencha: 1 });
    expect((await cannotAsk(order, { items: order.units({ Sencha: 2 }) })).code).toBe('CONFLICT');
    await ask(order);
    expect((await cannotAsk(order)).code).toBe('CONFLICT');
    const now = await buy(graph, [[sencha, 1]]);
    await deliver(graph, tea, now.part().id);
    expect((await cannotAsk(now)).code).toBe('CONFLICT');
    await graph.data(update, tea.owner, { input: { id, version: version + 1, returnDays: 14 } });
  });

  test.each([-1, 366])('but not for %d days', async (returnDays) => {
    const update = 'mutation ($input: UpdateShopInput!) { updateShop(input: $input) { id } }';
    expect(await graph.codes(update, tea.owner, { input: { id: tea.shopId, version: 1, returnDays } })).toEqual([
      'BAD_USER_INPUT',
    ]);
  });
});

describe('at the same moment', () => {
  test('no unit is asked back twice', async () => {
    const order = await delivered();
    const items = order.units({ Sencha: 2 });
    const codes = await Promise.all(Array.from({ length: 10 }, async () => (await cannotAsk(order, { items })).code));
    expect(codes.filter((code) => code === undefined)).toHaveLength(1);
    expect(codes.filter((code) => code === 'CONFLICT')).toHaveLength(9);
  });

  test('a return is received or withdrawn, never both', async () => {
    for (let round = 0; round < 5; round += 1) {
      const order = await delivered();
      const { id: returnId } = await ask(order);
      await take(graph, tea.owner, 'approveReturn', { returnId });
      const items = [{ orderItemId: itemOf(order, 'Sencha'), restocked: 1 }];
      const answers = await Promise.all([
        refused(graph, tea.owner, 'receiveReturn', { returnId, items }),
        refused(graph, order.buyer.as, 'withdrawReturn', { returnId }),
      ]);
      expect(answers.map(({ code }) => code ?? 'done').toSorted()).toEqual(['ILLEGAL_TRANSITION', 'done']);
      await settleAll(graph);
      expect(await bank.givenBack(order)).toEqual(answers[0]!.code ? [] : [333]);
    }
  }, 30_000);
});

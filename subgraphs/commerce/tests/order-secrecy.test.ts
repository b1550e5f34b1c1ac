import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Buyer } from './checkout.story.ts';
import { type Bought, buy, deliver, refused, take } from './fulfilment.story.ts';
import { type Market, openMarket, putOnOffer } from './offer.story.ts';
import { seller, startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
let tea: Market;

beforeAll(async () => {
  graph = await startCommerce();
  tea = await openMarket(graph, { name: 'Tea House' });
});

afterAll(() => graph.stop());

async function delivered(buyer = new Buyer(graph)): Promise<Bought> {
  const order = await buy(graph, [[await putOnOffer(graph, tea, 500, 'Sencha'), 3]], { buyer });
  await deliver(graph, tea, order.part().id);
  return order;
}

const request = (order: Bought, input: object = {}) => ({
  ...{
    shopOrderId: order.part().id,
    items: order.units({ Sencha: 1 }),
    reason: 'OTHER',
    token: order.buyer.token,
  },
  ...input,
});

describe('a return', () => {
  test('is of the buyer, or the guest with the token, and the shop; nobody else knows of it', async () => {
    for (const order of [await delivered(), await delivered(new Buyer(graph, null))]) {
      const { id: returnId } = await take(graph, order.buyer.as, 'requestReturn', request(order));
      const others = [undefined, seller(), new Buyer(graph).as, tea.owner];
      for (const as of others) {
        const ask = { ...request(order), token: undefined };
        expect((await refused(graph, as, 'requestReturn', ask)).code).toBe('NOT_FOUND');
        expect((await refused(graph, as, 'withdrawReturn', { returnId, token: 'other' })).code).toBe('NOT_FOUND');
      }
      const items = [{ orderItemId: order.part().items[0]!.id, restocked: 1 }];
      for (const [step, input] of [
        ['approveReturn', { returnId }],
        ['declineReturn', { returnId, reason: 'No' }],
        ['receiveReturn', { returnId, items }],
      ] as const) {
        for (const [as, code] of [
          [seller(), 'NOT_FOUND'],
          // Who bought it, for a shop of their own.
          [{ ...(order.buyer.as ?? new Buyer(graph).as!), scope: 'commerce:write commerce:refund' }, 'NOT_FOUND'],
          [{ ...tea.owner, scope: 'commerce:read' }, 'FORBIDDEN'],
          [undefined, 'UNAUTHENTICATED'],
        ] as const) {
          expect([step, (await refused(graph, as, step, input)).code]).toEqual([step, code]);
        }
      }
      await take(graph, tea.owner, 'approveReturn', { returnId });
      const mayWrite = { ...tea.owner, scope: 'commerce:read commerce:write' };
      expect((await refused(graph, mayWrite, 'receiveReturn', { returnId, items })).code).toBe('FORBIDDEN');
      const seen = (as?: Parameters<typeof graph.entities>[3]) => graph.entities('Return', [returnId], 'id', as);
      for (const as of [undefined, seller(), new Buyer(graph).as, { ...tea.owner, scope: '' }]) {
        expect(await seen(as)).toEqual([null]);
      }
      expect(await seen(tea.owner)).toEqual([{ id: returnId }]);
      expect(await seen(order.buyer.as)).toEqual([order.buyer.as ? { id: returnId } : null]);
      const token = order.buyer.token;
      expect(await take(graph, order.buyer.as, 'withdrawReturn', { returnId, token })).toMatchObject({
        state: 'WITHDRAWN',
      });
    }
  });

  test('is listed by its shop alone, by state', async () => {
    const market = await openMarket(graph);
    const order = await buy(graph, [[await putOnOffer(graph, market, 500, 'Sencha'), 3]]);
    await deliver(graph, market, order.part().id);
    const first = await take(graph, order.buyer.as, 'requestReturn', request(order));
    // What comes at one moment has no order.
    graph.clock.advance({ milliseconds: 1 });
    const second = await take(graph, order.buyer.as, 'requestReturn', request(order));
    await take(graph, market.owner, 'approveReturn', { returnId: first.id });
    const document = `query ($id: ID!, $state: ReturnState) {
      shop(id: $id) { returns(state: $state) { totalCount edges { node { id items { quantity item { title } } } } } } }`;
    const list = async (state?: string) =>
      (await graph.data(document, market.owner, { id: market.shopId, state }))['shop'].returns;
    expect((await list()).edges.map(({ node }: any) => node.id)).toEqual([second.id, first.id]);
    expect(await list('APPROVED')).toMatchObject({ totalCount: 1, edges: [{ node: { id: first.id } }] });
    for (const as of [seller(), order.buyer.as]) {
      expect(await graph.codes(document, as, { id: market.shopId })).toEqual(['FORBIDDEN']);
    }
  });
});

test('A user’s orders are the user’s alone, by state', async () => {
  const buyer = new Buyer(graph);
  const done = await delivered(buyer);
  const open = await buy(graph, [[await putOnOffer(graph, tea, 500), 1]], { buyer });
  const selection = 'orders(state: DELIVERED) { totalCount edges { node { id } } } all: orders { totalCount }';
  const id = buyer.as!.sub;
  const [user] = await graph.entities('User', [id], selection, buyer.as);
  expect(user).toEqual({ orders: { totalCount: 1, edges: [{ node: { id: done.id } }] }, all: { totalCount: 2 } });
  expect(open.id).not.toBe(done.id);
  const [hidden] = await graph.entities('User', [id], 'id', new Buyer(graph).as);
  expect(hidden).toEqual({ id });
  await expect(graph.entities('User', [id], selection, new Buyer(graph).as)).rejects.toThrow('FORBIDDEN');
  await expect(graph.entities('User', [id], selection)).rejects.toThrow('UNAUTHENTICATED');
});

test('Orders with all that became of them cost as many statements for one as for ten', async () => {
  const fill = async (count: number) => {
    const buyer = new Buyer(graph);
    for (let index = 0; index < count; index += 1) {
      const order = await delivered(buyer);
      const { id } = await take(graph, buyer.as, 'requestReturn', request(order));
      await take(graph, tea.owner, 'approveReturn', { returnId: id });
    }
    return buyer;
  };
  const all = `{ orders(first: 20) { edges { node { id state refunded { amount } steps { state }
    payment { id state amount { amount } refunds { edges { node { amount { amount } } } } }
    shopOrders { id state refunded { amount } returnDays shop { name } steps { state reason }
      items { id cancelled fulfilled delivered returned cancellable returnable totals { total { amount } } }
      fulfillments { id state shopOrder { id } items { quantity item { title } } }
      returns { id state refund { amount } shopOrder { id } items { quantity restocked item { title } } }
    } } } } }`;
  const cost = async (buyer: Buyer, count: number) => {
    let found = 0;
    const statements = await graph.sql.during(async () => {
      found = (await graph.data(all, buyer.as))['orders'].edges.length;
    });
    expect(found).toBe(count);
    return statements;
  };
  const one = await cost(await fill(1), 1);
  expect(await cost(await fill(10), 10)).toBe(one);
  const shop = `query ($id: ID!, $first: Int) { shop(id: $id) { orders(first: $first) { edges { node {
    id refunded { amount } items { cancellable returnable } fulfillments { items { item { title } } }
    returns { items { item { title } } } steps { state } } } } } }`;
  const [few, many] = [
    await graph.sql.during(() => graph.data(shop, tea.owner, { id: tea.shopId, first: 1 })),
    await graph.sql.during(() => graph.data(shop, tea.owner, { id: tea.shopId, first: 11 })),
  ];
  expect(many).toBe(few);
}, 60_000);

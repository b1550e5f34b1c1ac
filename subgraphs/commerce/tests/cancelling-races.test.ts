import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { buy, refused, requireBooks, settleAll } from './fulfilment.story.ts';
import { behind, cancel, cannotCancel } from './money-back.story.ts';
import { type Market, openMarket, putOnOffer } from './offer.story.ts';
import { startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
let tea: Market;
let bank: ReturnType<typeof behind>;

beforeAll(async () => {
  graph = await startCommerce({ environment: { DATABASE_POOL_SIZE: 20 } });
  bank = behind(graph);
  tea = await openMarket(graph, { name: 'Tea House' });
});

afterEach(() => requireBooks(graph));

afterAll(() => graph.stop());

describe('at the same moment', () => {
  test('a unit is sent or cancelled, never both', async () => {
    const outcomes = [];
    for (let round = 0; round < 10; round += 1) {
      const offer = await putOnOffer(graph, tea, 500, 'Sencha', 1);
      const order = await buy(graph, [[offer, 1]]);
      const [sent, cancelled] = await Promise.all([
        refused(graph, tea.owner, 'fulfillShopOrder', { shopOrderId: order.part().id }),
        cannotCancel(graph, order),
      ]);
      expect([sent.code, cancelled.code].toSorted()).toEqual(['CONFLICT', undefined]);
      await settleAll(graph);
      expect((await order.now()).state).toBe(sent.code ? 'CANCELLED' : 'FULFILLED');
      expect(await bank.givenBack(order)).toEqual(sent.code ? [500] : []);
      expect(await bank.onHand(offer.variantId)).toBe(sent.code ? 1 : 0);
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
          ? (await cannotCancel(graph, order, { items })).code
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
    await cancel(graph, order);
    await settleAll(graph);
    expect((await bank.givenBack(order)).reduce((sum, amount) => sum + amount, 0)).toBe(2_997);
    expect(await bank.onHand(offer.variantId)).toBe(9);
  });

  test('more is cancelled while the bank is asked for what was cancelled before', async () => {
    const orders = [];
    for (let index = 0; index < 6; index += 1) {
      orders.push(await buy(graph, [[await putOnOffer(graph, tea, 333, 'Sencha'), 6]]));
    }
    await settleAll(graph);
    for (let unit = 0; unit < 6; unit += 1) {
      const items = orders.map((order) => order.units({ Sencha: 1 }));
      const answers = await Promise.all([
        ...orders.map((order, index) => cannotCancel(graph, order, { items: items[index] })),
        ...[graph.runJobs(), graph.drainEvents(), graph.runJobs()].map((run) => run.then(() => undefined)),
      ]);
      expect(answers.map((answer) => answer?.code)).toEqual(answers.map(() => undefined));
    }
    await settleAll(graph);
    for (const order of orders) {
      expect(await bank.givenBack(order)).toHaveLength(6);
      expect(await bank.paymentOf(order)).toMatchObject({ state: 'REFUNDED', refunded: 1_998 });
    }
  }, 60_000);

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
    const states = await Promise.all(orders.map(async (order) => (await cancel(graph, order)).state));
    expect(new Set(states)).toEqual(new Set(['CANCELLED']));
  }, 60_000);
});

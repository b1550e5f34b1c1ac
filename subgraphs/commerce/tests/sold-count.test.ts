import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Buyer } from './checkout.story.ts';
import { take } from './fulfilment.story.ts';
import { openMarket, putOnOffer } from './offer.story.ts';
import { startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;

beforeAll(async () => {
  graph = await startCommerce();
});

afterAll(() => graph.stop());

test('What a product has sold is counted when an order is placed, once', async () => {
  const market = await openMarket(graph);
  const tea = await putOnOffer(graph, market, 1_000);
  const two = await putOnOffer(graph, market, 500);
  const buyer = new Buyer(graph);
  await buyer.pick([tea, 2], [two, 3]);
  expect((await buyer.buy()).kind).toBe('CheckoutCompleted');
  await graph.drainEvents();
  await graph.drainEvents();
  const rows = await graph.runtime.asSystem(({ em }) =>
    em.execute('select id, sold_count, version from product where id in (?, ?) order by sold_count', [
      tea.productId,
      two.productId,
    ]),
  );
  expect(rows).toEqual([
    { id: tea.productId, sold_count: 2, version: 1 },
    { id: two.productId, sold_count: 3, version: 1 },
  ]);
});

test('What is cancelled was not sold', async () => {
  const market = await openMarket(graph);
  const tea = await putOnOffer(graph, market, 1_000);
  const buyer = new Buyer(graph);
  await buyer.pick([tea, 5]);
  const { order } = await buyer.buy();
  await take(graph, buyer.as, 'cancelOrder', { orderId: order.id });
  await graph.drainEvents();
  const rows = await graph.runtime.asSystem(({ em }) =>
    em.execute('select sold_count from product where id = ?', [tea.productId]),
  );
  expect(rows).toEqual([{ sold_count: 0 }]);
});

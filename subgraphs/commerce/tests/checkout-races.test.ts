import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Buyer, requireOrder } from './checkout.story.ts';
import { type Market, type Offered, openMarket, putOnOffer } from './offer.story.ts';
import { startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
let market: Market;

beforeAll(async () => {
  // As many connections as a replica has, and more buyers than that.
  graph = await startCommerce({ environment: { DATABASE_POOL_SIZE: 20, CHECKOUT_PATIENCE_MS: 30_000 } });
  market = await openMarket(graph);
});

afterEach(() => requireOrder(graph));

afterAll(() => graph.stop());

/** Buyers, each with these in the cart, who then all buy at once. */
async function rush(count: number, thingsOf: (index: number) => readonly (readonly [Offered, number])[]) {
  const ready = [];
  for (let index = 0; index < count; index += 1) {
    const buyer = new Buyer(graph);
    await buyer.pick(...thingsOf(index));
    ready.push({ buyer, input: await buyer.agreement() });
  }
  const outcomes = await Promise.all(ready.map(({ buyer, input }) => buyer.send(input)));
  return Map.groupBy(outcomes, ({ kind }) => kind);
}

describe('at the same moment', () => {
  test.each([
    [50, 1],
    [200, 10],
  ])(
    '%d buyers of %d units make as many orders as there are units',
    async (buyers, units) => {
      const offer = await putOnOffer(graph, market, 500, 'Last', units);
      const outcomes = await rush(buyers, () => [[offer, 1]]);
      expect(outcomes.get('CheckoutCompleted')).toHaveLength(units);
      expect(outcomes.get('OutOfStock')).toHaveLength(buyers - units);
    },
    60_000,
  );

  test('carts with the same things the other way round do not wait for each other', async () => {
    const offers = await Promise.all(['A', 'B', 'C'].map((title) => putOnOffer(graph, market, 100, title, 20)));
    const outcomes = await rush(60, (index) => (index % 2 ? offers : offers.toReversed()).map((offer) => [offer, 1]));
    expect(outcomes.get('CheckoutCompleted')).toHaveLength(20);
    expect(outcomes.get('OutOfStock')).toHaveLength(40);
  }, 60_000);

  test('a hundred calls under one key are one order, one payment and one answer', async () => {
    const offer = await putOnOffer(graph, market, 500);
    const buyer = new Buyer(graph);
    await buyer.pick([offer, 1]);
    const input = await buyer.agreement();
    const answers = await Promise.all(Array.from({ length: 100 }, () => buyer.send(input)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ kind: 'CheckoutCompleted', order: { state: 'PLACED' } });
    const [{ count }] = await graph.runtime.asSystem(({ em }) =>
      em.execute<[{ count: number }]>('select count(*)::int as count from payment where order_id = ?', [
        answers[0].order.id,
      ]),
    );
    expect(count).toBe(1);
    const otherwise = { ...input, email: 'somebody.else@example.com' };
    expect(await buyer.cannotBuy(otherwise)).toEqual(['IDEMPOTENCY_CONFLICT']);
    const other = new Buyer(graph);
    await other.pick([offer, 1]);
    const same = { ...(await other.agreement()), idempotencyKey: input['idempotencyKey'] };
    expect((await other.send(same)).order.id).not.toBe(answers[0].order.id);
  }, 60_000);

  test('one cart bought under many keys is bought once', async () => {
    const offer = await putOnOffer(graph, market, 500);
    const buyer = new Buyer(graph);
    await buyer.pick([offer, 1]);
    const input = await buyer.agreement();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () =>
        buyer.send({ ...input, idempotencyKey: randomUUID() }).then(
          ({ kind }) => kind,
          () => 'refused',
        ),
      ),
    );
    expect(outcomes.filter((kind) => kind === 'CheckoutCompleted')).toHaveLength(1);
    expect(outcomes.filter((kind) => kind === 'refused')).toHaveLength(19);
  }, 60_000);
});

describe('what is paid just as its time is over', () => {
  const minutesLater = async (expire: boolean) => {
    graph.clock.advance({ minutes: 16 });
    if (!expire) return;
    await graph.runtime.asSystem(async (work) => work.schedule({ name: 'expire-orders', data: {}, key: randomUUID() }));
  };

  test('is sold when nobody else took it, and given up, not paid, when somebody did', async () => {
    const [free, taken] = [
      await putOnOffer(graph, market, 500, 'Free', 1),
      await putOnOffer(graph, market, 500, 'Taken', 1),
    ];
    const orders: { buyer: Buyer; id: string }[] = [];
    for (const offer of [free, taken]) {
      const buyer = new Buyer(graph);
      await buyer.pick([offer, 1]);
      const { kind, order } = await buyer.buy({ paymentMethod: 'test_async' });
      expect(kind).toBe('CheckoutPending');
      orders.push({ buyer, id: order.id });
    }
    await minutesLater(false);
    const rival = new Buyer(graph);
    await rival.pick([taken, 1]);
    expect(await rival.buy()).toMatchObject({ kind: 'CheckoutCompleted' });
    // The bank says yes to both, at last.
    for (let round = 0; round < 3; round += 1) {
      await graph.runJobs();
      await graph.drainEvents();
    }
    expect(await orders[0]!.buyer.order(orders[0]!.id)).toMatchObject({ state: 'PLACED' });
    const lost = await orders[1]!.buyer.order(orders[1]!.id);
    expect(lost).toMatchObject({ state: 'EXPIRED', stateReason: 'Something was sold out before it was paid.' });
    graph.clock.advance({ minutes: 5 });
    await graph.runtime.asSystem(async (work) =>
      work.schedule({ name: 'settle-payments', data: {}, key: randomUUID() }),
    );
    await graph.runJobs();
    const [payment] = await graph.runtime.asSystem(({ em }) =>
      em.execute<[{ state: string }]>('select state from payment where order_id = ?', [lost.id]),
    );
    expect(payment.state).toBe('CANCELLED');
  });

  test('is either placed or expired, never both, when the two meet', async () => {
    for (let round = 0; round < 8; round += 1) {
      const offer = await putOnOffer(graph, market, 500, 'Meeting', 1);
      const buyer = new Buyer(graph);
      await buyer.pick([offer, 1]);
      const input = await buyer.agreement({ paymentMethod: 'test_async' });
      const { order } = await buyer.send(input);
      await minutesLater(true);
      await Promise.all([graph.runJobs(), graph.drainEvents(), buyer.send(input)]);
      for (let more = 0; more < 3; more += 1) {
        await graph.runJobs();
        await graph.drainEvents();
      }
      const { state } = await buyer.order(order.id);
      const [payment] = await graph.runtime.asSystem(({ em }) =>
        em.execute<[{ state: string }]>('select state from payment where order_id = ?', [order.id]),
      );
      expect([
        ['PLACED', 'CAPTURED'],
        ['PLACED', 'AUTHORIZED'],
        ['EXPIRED', 'CANCELLED'],
      ]).toContainEqual([state, payment.state]);
    }
  }, 60_000);
});

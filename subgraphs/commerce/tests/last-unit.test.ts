import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { commitReservations } from '../src/inventory/commit-reservations.ts';
import { expireReservations } from '../src/inventory/expire-reservations.ts';
import { extendReservations } from '../src/inventory/extend-reservations.ts';
import { releaseReservations } from '../src/inventory/release-reservations.ts';
import { variantRows } from './catalogue.rows.ts';
import { aCart, anOrder, inMinutes, receive, refuseBrokenLevels, reserve, stockOf } from './stock.story.ts';
import { seller, startCommerce, type TestCommerce } from './story.ts';

const CONNECTIONS = 50;

let graph: TestCommerce;

beforeAll(async () => {
  graph = await startCommerce({ environment: { DATABASE_POOL_SIZE: CONNECTIONS } });
});

afterAll(() => graph.stop());

afterEach(() => refuseBrokenLevels(graph));

/** As many variants as there are quantities, in the order of their ids. */
async function stocked(...quantities: number[]): Promise<string[]> {
  const owner = seller();
  const skus = quantities.map((_, index) => `S-${index}`);
  const ids = (await variantRows(graph, owner, { skus })).map(({ id }) => id).sort();
  for (const [index, id] of ids.entries()) await receive(graph, owner, id, quantities[index]!);
  return ids;
}

const parallel = <Result>(count: number, run: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)));

describe('In parallel', () => {
  test.each([
    [50, 1],
    [200, 1],
    [50, 10],
    [200, 10],
  ])('%i buyers who want one of the last %i: exactly those many get it', async (buyers, left) => {
    const [variantId] = (await stocked(left)) as [string];
    const outcomes = await parallel(buyers, () => reserve(graph, aCart(), { variantId, quantity: 1 }));
    expect(outcomes.filter(({ outcome }) => outcome === 'RESERVED')).toHaveLength(left);
    expect(outcomes.filter(({ outcome }) => outcome === 'SHORT')).toHaveLength(buyers - left);
    expect(await stockOf(graph, variantId)).toEqual([left, left]);
  });

  test('the last one that somebody held for too long goes to one of fifty', async () => {
    const [variantId] = (await stocked(1)) as [string];
    await reserve(graph, aCart(), { variantId, quantity: 1 });
    graph.clock.advance({ minutes: 16 });
    const outcomes = await parallel(50, () => reserve(graph, aCart(), { variantId, quantity: 1 }));
    expect(outcomes.filter(({ outcome }) => outcome === 'RESERVED')).toHaveLength(1);
  });

  test('carts whose lines are in opposite order wait for each other, but never in a circle', async () => {
    const ids = await stocked(1_000, 1_000, 1_000);
    const lines = ids.map((variantId) => ({ variantId, quantity: 1 }));
    // Each round: both reserve, then one sells and one gives back, while what is overdue expires.
    for (let round = 0; round < 200; round++) {
      const carts = [aCart(), anOrder(), aCart(), anOrder()];
      await Promise.all(carts.map((cart, i) => reserve(graph, cart, ...(i % 2 ? lines.toReversed() : lines))));
      await Promise.all([
        graph.runtime.asSystem((work) => commitReservations(work, carts[0]!)),
        graph.runtime.asSystem((work) => releaseReservations(work, carts[1]!)),
        reserve(graph, carts[2]!, ...lines.slice(0, 2).toReversed()),
        graph.runtime.asSystem((work) => expireReservations(work)),
      ]);
      graph.clock.advance({ minutes: 4 });
    }
    graph.clock.advance({ minutes: 20 });
    await graph.runtime.asSystem((work) => expireReservations(work));
    for (const id of ids) expect(await stockOf(graph, id)).toEqual([800, 0]);
  }, 60_000);

  test('a payment and the end of a reservation: exactly one wins', async () => {
    const [variantId] = (await stocked(100)) as [string];
    const wins = { sold: 0, expired: 0 };
    for (let round = 0; round < 60; round++) {
      const order = anOrder();
      await reserve(graph, order, { variantId, quantity: 1 });
      graph.clock.advance({ minutes: 15 });
      const pay = () => graph.runtime.asSystem((work) => commitReservations(work, order));
      const end = () => graph.runtime.asSystem((work) => expireReservations(work));
      // From the end's coming well before the payment to its coming well after it.
      const [paid] = await Promise.all([pause((round % 6) * 2).then(pay), pause((5 - (round % 6)) * 2).then(end)]);
      const { outcome } = paid;
      const [onHand, reserved] = await stockOf(graph, variantId);
      wins[outcome === 'COMMITTED' ? 'sold' : 'expired']++;
      // Where the payment won it is sold for good, and else it is on the shelf.
      expect([onHand, reserved]).toEqual([100 - wins.sold, 0]);
      expect(await pay()).toMatchObject({ outcome });
    }
    expect(wins.sold).toBeGreaterThan(0);
    expect(wins.expired).toBeGreaterThan(0);
  });

  test('many payments and the end of all their reservations do not wait for each other in a circle', async () => {
    const [variantId] = (await stocked(500)) as [string];
    let sold = 0;
    for (let round = 0; round < 20; round++) {
      const orders = Array.from({ length: 10 }, anOrder);
      for (const order of orders) await reserve(graph, order, { variantId, quantity: 1 });
      graph.clock.advance({ minutes: 15 });
      const ends = parallel(4, () => graph.runtime.asSystem((work) => expireReservations(work)));
      const paid = await Promise.all(
        orders.map((order) => graph.runtime.asSystem((work) => commitReservations(work, order))),
      );
      await ends;
      await graph.runtime.asSystem((work) => expireReservations(work));
      sold += paid.filter(({ outcome }) => outcome === 'COMMITTED').length;
      expect(await stockOf(graph, variantId)).toEqual([500 - sold, 0]);
    }
  });

  test('a shop or a variant that somebody is changing keeps nobody from buying', async () => {
    const [variantId] = (await stocked(5)) as [string];
    const order = anOrder();
    await graph.runtime.asSystem((work) =>
      work.transaction(async () => {
        await work.em.execute(
          'select 1 from shop, product_variant v where v.id = ? and shop.id = v.shop_id for update',
          [variantId],
        );
        // In transactions of their own, which would wait for this one, and this one for them.
        await reserve(graph, order, { variantId, quantity: 2 });
        await graph.runtime.asSystem((other) => commitReservations(other, order));
      }),
    );
    expect(await stockOf(graph, variantId)).toEqual([3, 0]);
  });

  test('a buyer who changes the cart in two windows holds what one of them says', async () => {
    const [tea, pot] = (await stocked(50, 50)) as [string, string];
    for (let round = 0; round < 10; round++) {
      const cart = aCart();
      await parallel(6, (index) => reserve(graph, cart, { variantId: index % 2 ? tea : pot, quantity: 3 }));
      const [held, other] = [await stockOf(graph, tea), await stockOf(graph, pot)].map(([, reserved]) => reserved!);
      expect([held, other].toSorted()).toEqual([0, 3]);
      await graph.runtime.asSystem((work) => releaseReservations(work, cart));
    }
  });

  test('a buyer who clicks twice, or in two windows, reserves and buys once', async () => {
    const [variantId] = (await stocked(50)) as [string];
    const [cart, order] = [aCart(), anOrder()];
    await parallel(20, (index) => reserve(graph, cart, { variantId, quantity: 1 + (index % 3) }));
    const [, held] = await stockOf(graph, variantId);
    expect([1, 2, 3]).toContain(held);
    await reserve(graph, order, { variantId, quantity: 5 });
    await parallel(20, () => graph.runtime.asSystem((work) => commitReservations(work, order)));
    await parallel(20, () => graph.runtime.asSystem((work) => releaseReservations(work, cart)));
    expect(await stockOf(graph, variantId)).toEqual([45, 0]);
  });

  test('somebody who gets more time and somebody who waits for the end of it do not both get it', async () => {
    for (let round = 0; round < 30; round++) {
      const [variantId] = (await stocked(1)) as [string];
      const [late, next] = [aCart(), aCart()];
      await reserve(graph, late, { variantId, quantity: 1 });
      graph.clock.advance({ minutes: 16 });
      const [extended, reserved] = await Promise.all([
        graph.runtime.asSystem((work) => extendReservations(work, late, inMinutes(graph, 15))),
        reserve(graph, next, { variantId, quantity: 1 }),
      ]);
      expect([extended.outcome, reserved.outcome].sort()).toEqual(
        extended.outcome === 'LOST' ? ['LOST', 'RESERVED'] : ['EXTENDED', 'SHORT'],
      );
    }
  });
});

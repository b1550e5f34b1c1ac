import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Session } from '@supergraph/subgraph-kit';
import { commitReservations } from '../src/inventory/commit-reservations.ts';
import { expireReservations } from '../src/inventory/expire-reservations.ts';
import { extendReservations } from '../src/inventory/extend-reservations.ts';
import type { StockOwner } from '../src/inventory/lock-stock.ts';
import { reacquireReservations } from '../src/inventory/reacquire-reservations.ts';
import { releaseReservations } from '../src/inventory/release-reservations.ts';
import { reserveStock } from '../src/inventory/reserve-stock.ts';
import { returnStock } from '../src/inventory/return-stock.ts';
import { forgetExpired } from '../src/retention/forget-expired.ts';
import { variantRows } from './catalogue.rows.ts';
import { aCart, anOrder, inMinutes, receive, refuseBrokenLevels, reserve, stockOf } from './stock.story.ts';
import { seller, startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;

beforeAll(async () => {
  graph = await startCommerce();
});

afterAll(() => graph.stop());

afterEach(() => refuseBrokenLevels(graph));

/** Two variants, of which there are so many. */
async function stocked(...quantities: number[]): Promise<string[]> {
  const owner = seller();
  const skus = quantities.map((_, index) => `S-${index}`);
  const ids = (await variantRows(graph, owner, { skus })).map(({ id }) => id);
  for (const [index, id] of ids.entries()) if (quantities[index]) await receive(graph, owner, id, quantities[index]!);
  return ids;
}

const commit = (owner: StockOwner) => graph.runtime.asSystem((work) => commitReservations(work, owner));
const release = (owner: StockOwner) => graph.runtime.asSystem((work) => releaseReservations(work, owner));
const reacquire = (owner: StockOwner) =>
  graph.runtime.asSystem((work) => reacquireReservations(work, owner, inMinutes(graph, 15)));
const extend = (owner: StockOwner, minutes: number) =>
  graph.runtime.asSystem((work) => extendReservations(work, owner, inMinutes(graph, minutes)));
const expire = () => graph.runtime.asSystem((work) => expireReservations(work));

describe('stock is reserved', () => {
  test('for all lines or for none, and what is short is told', async () => {
    const [tea, pot, never] = (await stocked(5, 2, 0)) as [string, string, string];
    const cart = aCart();
    const lines = [
      { variantId: tea, quantity: 3 },
      { variantId: pot, quantity: 3 },
      { variantId: never, quantity: 1 },
    ];
    const { shortages, outcome } = (await reserve(graph, cart, ...lines)) as { shortages: object[]; outcome: string };
    expect(outcome).toBe('SHORT');
    expect(shortages).toHaveLength(2);
    expect(shortages).toContainEqual({ variantId: pot, requested: 3, available: 2 });
    expect(shortages).toContainEqual({ variantId: never, requested: 1, available: 0 });
    expect(await stockOf(graph, tea)).toEqual([5, 0]);
    expect(await reserve(graph, cart, ...lines.slice(0, 1))).toMatchObject({ outcome: 'RESERVED' });
    expect(await stockOf(graph, tea)).toEqual([5, 3]);
  });

  test('once, however often the owner asks, and anew for other lines', async () => {
    const [tea, pot] = (await stocked(5, 5)) as [string, string];
    const cart = aCart();
    const twice = [
      { variantId: tea, quantity: 1 },
      { variantId: tea, quantity: 2 },
    ];
    await reserve(graph, cart, ...twice);
    await reserve(graph, cart, ...twice);
    expect(await stockOf(graph, tea)).toEqual([5, 3]);
    // More than is available to others, but not to whom it is held for.
    await reserve(graph, cart, { variantId: tea, quantity: 5 }, { variantId: pot, quantity: 1 });
    expect(await stockOf(graph, tea)).toEqual([5, 5]);
    await reserve(graph, cart, { variantId: pot, quantity: 4 });
    expect([await stockOf(graph, tea), await stockOf(graph, pot)]).toEqual([
      [5, 0],
      [5, 4],
    ]);
    expect(await reserve(graph, cart, { variantId: pot, quantity: 6 })).toMatchObject({ outcome: 'SHORT' });
    expect(await stockOf(graph, pot)).toEqual([5, 4]);
  });

  test('as the system only, so that nobody is told that all is sold out', async () => {
    const [tea] = (await stocked(1)) as [string];
    const work = graph.runtime.openWork(graph.runtime.openScope(Session.anonymous));
    const asked = { owner: aCart(), lines: [{ variantId: tea, quantity: 1 }], expiresAt: inMinutes(graph, 1) };
    await expect(reserveStock(work, asked)).rejects.toThrow('as the system');
  });

  test.each([0, -1, 1.5, 2 ** 31, Number.NaN, 1_000_001])('but not %p times', (quantity) => {
    const [variantId, other] = [randomUUID(), randomUUID()];
    const hostile = [
      [],
      [{ variantId, quantity }],
      // A sum that is right does not make up for a line that is not.
      [
        { variantId: other, quantity: 2 },
        { variantId, quantity: 5 },
        { variantId, quantity },
      ],
      [
        { variantId, quantity: 1_000_000 },
        { variantId, quantity: 1 },
      ],
    ];
    for (const lines of hostile) {
      const asked = () => reserveStock({} as never, { owner: aCart(), lines, expiresAt: new Date() });
      expect(asked).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
    }
  });
});

describe('what is reserved', () => {
  test('is sold once, and comes back once', async () => {
    const [tea] = (await stocked(5)) as [string];
    const order = anOrder();
    const line = { variantId: tea, quantity: 2 };
    await reserve(graph, order, line);
    expect(await commit(order)).toEqual({ outcome: 'COMMITTED', lines: [line] });
    expect(await commit(order)).toEqual({ outcome: 'COMMITTED', lines: [line] });
    await release(order);
    expect(await stockOf(graph, tea)).toEqual([3, 0]);
    expect(await reserve(graph, order, line)).toEqual({ outcome: 'ALREADY_COMMITTED' });
    expect(await reacquire(order)).toEqual({ outcome: 'ALREADY_COMMITTED' });
    expect(await extend(order, 60)).toEqual({ outcome: 'LOST', lost: [line] });
    const back = { cause: `return ${randomUUID()}`, lines: [line] };
    for (const _ of [1, 2]) await graph.runtime.asSystem((work) => returnStock(work, back));
    expect(await stockOf(graph, tea)).toEqual([5, 0]);
    const unknown = { cause: 'return 1', lines: [{ variantId: randomUUID(), quantity: 1 }] };
    await expect(graph.runtime.asSystem((work) => returnStock(work, unknown))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('is given back', async () => {
    const [tea] = (await stocked(5)) as [string];
    const order = anOrder();
    const line = { variantId: tea, quantity: 2 };
    await reserve(graph, order, line);
    for (const _ of [1, 2]) await release(order);
    expect(await stockOf(graph, tea)).toEqual([5, 0]);
    expect(await commit(order)).toEqual({ outcome: 'LOST', lost: [line] });
    expect(await commit(anOrder())).toEqual({ outcome: 'LOST', lost: [] });
    await expect(reacquire(anOrder())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('is given back by itself when its time is up, and can be taken again while there is some', async () => {
    const [tea, pot] = (await stocked(3, 3)) as [string, string];
    const [late, other] = [anOrder(), aCart()];
    const lines = [
      { variantId: tea, quantity: 2 },
      { variantId: pot, quantity: 1 },
    ].sort((left, right) => (left.variantId < right.variantId ? -1 : 1));
    await reserve(graph, late, ...lines);
    await extend(late, 30);
    // Never for less.
    await extend(late, 5);
    graph.clock.advance({ minutes: 29 });
    await expire();
    expect(await stockOf(graph, tea)).toEqual([3, 2]);
    graph.clock.advance({ minutes: 1 });
    await expire();
    expect(await stockOf(graph, tea)).toEqual([3, 0]);
    expect(await commit(late)).toEqual({ outcome: 'LOST', lost: lines });
    expect(await extend(late, 60)).toEqual({ outcome: 'LOST', lost: lines });
    await reserve(graph, other, { variantId: tea, quantity: 2 });
    expect(await reacquire(late)).toEqual({
      outcome: 'SHORT',
      shortages: [{ variantId: tea, requested: 2, available: 1 }],
    });
    await release(other);
    expect(await reacquire(late)).toMatchObject({ outcome: 'RESERVED', lines });
    expect(await commit(late)).toMatchObject({ outcome: 'COMMITTED' });
    expect([await stockOf(graph, tea), await stockOf(graph, pot)]).toEqual([
      [1, 0],
      [2, 0],
    ]);
  });

  test('goes to whoever comes after its time, without waiting for the job; until then it can be sold', async () => {
    const [tea] = (await stocked(2)) as [string];
    const [late, paid, next] = [aCart(), aCart(), aCart()];
    const line = { variantId: tea, quantity: 1 };
    await reserve(graph, late, line);
    await reserve(graph, paid, line);
    expect(await reserve(graph, next, line)).toMatchObject({ outcome: 'SHORT' });
    graph.clock.advance({ minutes: 16 });
    expect(await commit(paid)).toMatchObject({ outcome: 'COMMITTED' });
    expect(await reserve(graph, next, line)).toMatchObject({ outcome: 'RESERVED' });
    expect(await commit(late)).toEqual({ outcome: 'LOST', lost: [line] });
    expect(await stockOf(graph, tea)).toEqual([1, 1]);
  });

  test('is forgotten a season after it came to nothing, and what was sold is not', async () => {
    const [tea] = (await stocked(5)) as [string];
    const [sold, released, held] = [aCart(), aCart(), aCart()];
    const line = { variantId: tea, quantity: 1 };
    for (const cart of [sold, released]) await reserve(graph, cart, line);
    await commit(sold);
    await release(released);
    const forget = () => graph.runtime.asSystem((work) => forgetExpired(work));
    const left = async () => {
      const sql = 'select state from stock_reservation where variant_id = ? order by state';
      const rows = await graph.runtime.asSystem(({ em }) => em.execute<{ state: string }[]>(sql, [tea]));
      return rows.map(({ state }) => state);
    };
    graph.clock.advance({ days: 90 });
    await reserve(graph, held, line);
    await forget();
    expect(await left()).toEqual(['COMMITTED', 'HELD', 'RELEASED']);
    graph.clock.advance({ seconds: 1 });
    await forget();
    expect(await left()).toEqual(['COMMITTED', 'HELD']);
  });

  test('is expired by a job that runs every minute, however much of it there is', async () => {
    const ids = await stocked(...Array.from({ length: 130 }, () => 1));
    for (const variantId of ids) await reserve(graph, aCart(), { variantId, quantity: 1 });
    graph.clock.advance({ minutes: 16 });
    const { jobs } = graph.runtime.definition;
    expect(jobs?.['expire-reservations']?.schedule).toEqual({ cron: '* * * * *' });
    await graph.runtime.asSystem((work) =>
      jobs!['expire-reservations']!.handle({}, work, { id: '1', attempt: 1, signal: new AbortController().signal }),
    );
    expect(await Promise.all(ids.map((id) => stockOf(graph, id)))).toEqual(ids.map(() => [1, 0]));
  });
});

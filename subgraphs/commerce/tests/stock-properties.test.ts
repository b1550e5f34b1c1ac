import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { commitReservations } from '../src/inventory/commit-reservations.ts';
import { expireReservations } from '../src/inventory/expire-reservations.ts';
import { extendReservations } from '../src/inventory/extend-reservations.ts';
import type { StockOwner } from '../src/inventory/lock-stock.ts';
import { reacquireReservations } from '../src/inventory/reacquire-reservations.ts';
import { releaseReservations } from '../src/inventory/release-reservations.ts';
import { returnStock } from '../src/inventory/return-stock.ts';
import { variantRows } from './catalogue.rows.ts';
import { aCart, anOrder, brokenLevels, inMinutes, receive, reserve, stockOf } from './stock.story.ts';
import { seller, startCommerce, type TestCommerce } from './story.ts';

const VARIANTS = 3;
const OWNERS = 3;

let graph: TestCommerce;

beforeAll(async () => {
  graph = await startCommerce();
});

afterAll(() => graph.stop());

const variant = fc.nat(VARIANTS - 1);
const quantity = fc.integer({ min: 1, max: 6 });
const lines = fc.array(fc.record({ variant, quantity }), { minLength: 1, maxLength: 4 });

const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('receive' as const), variant, quantity }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('damage' as const), variant, quantity }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('correct' as const), variant, quantity: fc.nat(8) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('reserve' as const), owner: fc.nat(OWNERS - 1), lines }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('commit' as const, 'release' as const, 'extend' as const, 'reacquire' as const),
      owner: fc.nat(OWNERS - 1),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('return' as const), lines, again: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('expire' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 20 }) }) },
);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const DAMAGE = 'mutation ($input: RecordDamageInput!) { recordDamage(input: $input) { id } }';
const CORRECT = 'mutation ($input: CorrectStockInput!) { correctStock(input: $input) { id } }';

/** A shop of three variants, of which there are five each, and what three buyers and its people do there. */
async function openShop() {
  const owner = seller();
  const ids = (await variantRows(graph, owner, { skus: ['A', 'B', 'C'] })).map(({ id }) => id);
  for (const id of ids) await receive(graph, owner, id, 5);
  const owners: StockOwner[] = [aCart(), anOrder(), aCart()];
  const asSystem = graph.runtime.asSystem.bind(graph.runtime);
  const inShop = (given: readonly { variant: number; quantity: number }[]) =>
    given.map((line) => ({ variantId: ids[line.variant]!, quantity: line.quantity }));
  const hasReserved = new Set<StockOwner>();
  const hold = async (cart: StockOwner, given: readonly { variant: number; quantity: number }[]) => {
    const result = await reserve(graph, cart, ...inShop(given));
    if (result.outcome === 'RESERVED') hasReserved.add(cart);
    return result;
  };
  const take = async (one: Step): Promise<unknown> => {
    const idempotencyKey = randomUUID();
    switch (one.kind) {
      case 'receive':
        return receive(graph, owner, ids[one.variant]!, one.quantity);
      case 'damage':
        return graph.codes(DAMAGE, owner, {
          input: { variantId: ids[one.variant], quantity: one.quantity, idempotencyKey },
        });
      case 'correct': {
        const see = `query ($id: ID!) { stockLevels(filter: { shopId: $id }) { edges { node { version variant { id } } } } }`;
        const [{ shopId }] = (await rowsOf(ids[one.variant]!)) as [{ shopId: string }];
        const { edges } = (await graph.data(see, owner, { id: shopId }))['stockLevels'];
        const { version } = edges.find((edge: any) => edge.node.variant.id === ids[one.variant]).node;
        const input = { variantId: ids[one.variant], countedQuantity: one.quantity, version, idempotencyKey };
        return graph.codes(CORRECT, owner, { input });
      }
      case 'reserve':
        return hold(owners[one.owner]!, one.lines);
      case 'commit': {
        const outcome = await asSystem((work) => commitReservations(work, owners[one.owner]!));
        // Whoever bought comes back as somebody else, who begins anew.
        if (outcome.outcome === 'COMMITTED') owners[one.owner] = aCart();
        return outcome;
      }
      case 'release':
        return asSystem((work) => releaseReservations(work, owners[one.owner]!));
      case 'extend':
        return asSystem((work) => extendReservations(work, owners[one.owner]!, inMinutes(graph, 15)));
      case 'reacquire':
        if (!hasReserved.has(owners[one.owner]!)) return undefined;
        return asSystem((work) => reacquireReservations(work, owners[one.owner]!, inMinutes(graph, 15)));
      case 'return': {
        const back = { cause: `return ${idempotencyKey}`, lines: inShop(one.lines) };
        await asSystem((work) => returnStock(work, back));
        return one.again && asSystem((work) => returnStock(work, back));
      }
      case 'expire':
        return asSystem((work) => expireReservations(work));
      case 'wait':
        return graph.clock.advance({ minutes: one.minutes });
    }
  };
  return { ids, take };
}

const rowsOf = (variantId: string) =>
  graph.runtime.asSystem(({ em }) =>
    em.execute<object[]>('select shop_id as "shopId" from product_variant where id = ?', [variantId]),
  );

// What is found wrong is printed with the seed and the path that lead there again.
test('Whatever sellers and buyers do, after each step stock is the sum of its movements, and never promised twice', async () => {
  const property = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
    const { ids, take } = await openShop();
    for (const one of steps) {
      const before = await Promise.all(ids.map((id) => stockOf(graph, id)));
      const result = (await take(one)) as { outcome?: string; shortages?: { available: number }[] } | undefined;
      expect(await brokenLevels(graph)).toEqual([]);
      // One who is refused goes away with what they had.
      if (result?.outcome !== 'SHORT') continue;
      const after = await Promise.all(ids.map((id) => stockOf(graph, id)));
      after.forEach(([onHand, reserved], index) => {
        expect(onHand).toBe(before[index]![0]);
        expect(reserved).toBeLessThanOrEqual(before[index]![1]);
      });
    }
  });
  await fc.assert(property, { numRuns: 40 });
}, 120_000);

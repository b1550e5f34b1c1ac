import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { TestLive } from '@supergraph/testkit';
import { commitReservations } from '../src/inventory/commit-reservations.ts';
import { releaseReservations } from '../src/inventory/release-reservations.ts';
import { reserveStock } from '../src/inventory/reserve-stock.ts';
import { variantRow } from './catalogue.rows.ts';
import { aCart, inMinutes, receive, reserve } from './stock.story.ts';
import { seller, startCommerce, type TestCommerce } from './story.ts';

const live = new TestLive();
let graph: TestCommerce;

beforeAll(async () => {
  graph = await startCommerce({ live });
});

afterAll(() => graph.stop());

const THRESHOLD = 'mutation ($input: SetLowStockThresholdInput!) { setLowStockThreshold(input: $input) { low } }';
const release = (owner: ReturnType<typeof aCart>) => graph.runtime.asSystem((work) => releaseReservations(work, owner));

/** A variant of which there are so many, and which is low from the threshold on. */
async function watched(quantity: number, threshold: number) {
  const owner = { ...seller(), sid: randomUUID() };
  const variant = await variantRow(graph, owner);
  await receive(graph, owner, variant.id, quantity);
  await graph.data(THRESHOLD, owner, { input: { variantId: variant.id, threshold } });
  return { owner, ...variant };
}

const eventsOf = async <Name extends 'inventory.low' | 'inventory.updated'>(name: Name, variantId: string) =>
  (await graph.eventsOf(name)).filter((event) => event.variantId === variantId);

describe('Stock that becomes low', () => {
  test('is told once, and again only after there was more', async () => {
    const { id: variantId, productId, shopId, organizationId } = await watched(5, 2);
    const [one, two, three] = [aCart(), aCart(), aCart()];
    await reserve(graph, one, { variantId, quantity: 2 });
    expect(await eventsOf('inventory.low', variantId)).toEqual([]);
    await reserve(graph, two, { variantId, quantity: 1 });
    const named = { productId, productTitle: 'Tea pot', variantTitle: 'Size M', sku: 'A-1', threshold: 2 };
    const low = { variantId, shopId, organizationId, ...named, available: 2 };
    expect(await eventsOf('inventory.low', variantId)).toEqual([low]);
    await reserve(graph, three, { variantId, quantity: 1 });
    await graph.runtime.asSystem((work) => commitReservations(work, three));
    expect(await eventsOf('inventory.low', variantId)).toHaveLength(1);
    await release(two);
    await release(one);
    expect(await eventsOf('inventory.low', variantId)).toHaveLength(1);
    await reserve(graph, one, { variantId, quantity: 4 });
    expect(await eventsOf('inventory.low', variantId)).toEqual([low, { ...low, available: 0 }]);
  });

  test('is told when the threshold is set above it, and not when nothing changes', async () => {
    const { owner, id: variantId } = await watched(5, 2);
    const set = (threshold: number) => graph.data(THRESHOLD, owner, { input: { variantId, threshold } });
    await set(5);
    await set(5);
    await set(6);
    expect(await eventsOf('inventory.low', variantId)).toHaveLength(1);
  });

  test('is told to the subgraph’s neighbours with what was available before and after', async () => {
    const { id: variantId, shopId, organizationId } = await watched(5, 0);
    const cart = aCart();
    await reserve(graph, cart, { variantId, quantity: 2 });
    await graph.runtime.asSystem((work) => commitReservations(work, cart));
    const changed = { variantId, shopId, organizationId };
    expect((await eventsOf('inventory.updated', variantId)).slice(-3)).toEqual([
      { ...changed, onHand: 5, availableBefore: 0, available: 5 },
      { ...changed, onHand: 5, availableBefore: 5, available: 3 },
      { ...changed, onHand: 3, availableBefore: 3, available: 3 },
    ]);
  });
});

describe('Who listens', () => {
  async function listen(query: string, as: ReturnType<typeof seller>, variables: Record<string, unknown> = {}) {
    const client = graph.openSocket();
    const events = client.iterate<Record<string, any>>({
      query,
      variables,
      extensions: { authorization: graph.tokens.authorization(as) },
    });
    return { client, events };
  }
  const CHANGED = 'subscription ($shopId: ID!) { stockChanged(shopId: $shopId) { onHand available variant { sku } } }';
  const ALERTS = 'subscription { lowStockAlerts { available variant { sku } } }';

  test('hears of each change in a shop, and of what is low in all of them', async () => {
    const { owner, id: variantId, shopId, organizationId } = await watched(5, 2);
    const changes = await listen(CHANGED, owner, { shopId });
    const alerts = await listen(ALERTS, owner);
    const [firstChange, firstAlert] = [changes.events.next(), alerts.events.next()];
    await live.whenReaders(`stock:${shopId}`, 1);
    await live.whenReaders(`low-stock:${organizationId}`, 1);
    // What is undone is nobody's news.
    const undone = graph.runtime.asSystem((work) =>
      work.transaction(async () => {
        const lines = [{ variantId, quantity: 5 }];
        await reserveStock(work, { owner: aCart(), lines, expiresAt: inMinutes(graph, 15) });
        throw new Error('on second thoughts');
      }),
    );
    await expect(undone).rejects.toThrow('on second thoughts');
    await reserve(graph, aCart(), { variantId, quantity: 1 });
    await reserve(graph, aCart(), { variantId, quantity: 3 });
    const change = (await firstChange).value?.data?.['stockChanged'];
    expect(change).toMatchObject({ onHand: 5, variant: { sku: 'A-1' } });
    expect(change.available).toBeLessThan(5);
    expect((await changes.events.next()).value?.data).toMatchObject({ stockChanged: { available: 1 } });
    expect((await firstAlert).value?.data).toEqual({ lowStockAlerts: { available: 1, variant: { sku: 'A-1' } } });
    await changes.client.dispose();
    await alerts.client.dispose();
  });

  test.each([
    ['a stranger', () => seller(), 'NOT_FOUND'],
    [
      'one who may not read',
      (owner: ReturnType<typeof seller>) => ({ ...owner, scope: 'commerce:write' }),
      'FORBIDDEN',
    ],
  ])('is not %s', async (_, who, code) => {
    const { owner, shopId } = await watched(5, 2);
    for (const query of code === 'FORBIDDEN' ? [CHANGED, ALERTS] : [CHANGED]) {
      const { client, events } = await listen(query, who(owner), { shopId });
      const refused = await events.next().then(
        ({ value }) => value?.errors,
        (errors: unknown) => errors,
      );
      expect(refused).toMatchObject([{ extensions: { code } }]);
      await client.dispose();
    }
  });
});

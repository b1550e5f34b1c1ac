import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { releaseReservations } from '../src/inventory/release-reservations.ts';
import { variantRow, variantRows } from './catalogue.rows.ts';
import { aCart, receive, refuseBrokenLevels, reserve, stockOf } from './stock.story.ts';
import { seller, startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;

beforeAll(async () => {
  graph = await startCommerce();
});

afterAll(() => graph.stop());

afterEach(() => refuseBrokenLevels(graph));

const LEVEL = '{ id onHand reserved available low lowStockThreshold version }';
const RECEIVE = `mutation ($input: ReceiveStockInput!) { receiveStock(input: $input) ${LEVEL} }`;
const DAMAGE = `mutation ($input: RecordDamageInput!) { recordDamage(input: $input) ${LEVEL} }`;
const CORRECT = `mutation ($input: CorrectStockInput!) { correctStock(input: $input) ${LEVEL} }`;
const THRESHOLD = `mutation ($input: SetLowStockThresholdInput!) { setLowStockThreshold(input: $input) ${LEVEL} }`;
const HISTORY = `query ($filter: StockLevelFilter!) { stockLevels(filter: $filter) { edges { node {
  variant { sku title } movements(first: 10) { totalCount edges { node { sequence quantity onHandAfter reason note actor { id } } } }
  reservations { edges { node { quantity state settledAt } } } released: reservations(state: RELEASED) { totalCount } } } } }`;

const key = () => randomUUID();
const skusOf = (connection: { edges: { node: { variant: { sku: string } } }[] }) =>
  connection.edges.map(({ node }) => node.variant.sku);

describe('the people of a shop', () => {
  test('say what came, broke and was counted, and read all of it again', async () => {
    const owner = seller();
    const { id: variantId, shopId } = await variantRow(graph, owner);
    const got = { variantId, quantity: 10, note: 'From the port', idempotencyKey: key() };
    const { receiveStock } = await graph.data(RECEIVE, owner, { input: got });
    expect(receiveStock).toMatchObject({ onHand: 10, reserved: 0, available: 10, low: false, version: 2 });
    const cart = aCart();
    await reserve(graph, cart, { variantId, quantity: 4 });
    await graph.runtime.asSystem((work) => releaseReservations(work, cart));
    await reserve(graph, cart, { variantId, quantity: 3 });
    const { recordDamage } = await graph.data(DAMAGE, owner, {
      input: { variantId, quantity: 2, idempotencyKey: key() },
    });
    expect(recordDamage).toMatchObject({ onHand: 8, reserved: 3, available: 5, version: 3 });
    const { correctStock } = await graph.data(CORRECT, owner, {
      input: { variantId, countedQuantity: 9, version: 3, idempotencyKey: key() },
    });
    expect(correctStock).toMatchObject({ onHand: 9, reserved: 3, available: 6, version: 4 });
    const { stockLevels } = await graph.data(HISTORY, owner, { filter: { shopId } });
    const moved = { note: null, actor: { id: owner.sub } };
    expect(stockLevels.edges).toEqual([
      {
        node: {
          variant: { sku: 'A-1', title: 'Size M' },
          movements: {
            totalCount: 3,
            edges: [
              { node: { sequence: 3, quantity: 1, onHandAfter: 9, reason: 'CORRECTED', ...moved } },
              { node: { sequence: 2, quantity: -2, onHandAfter: 8, reason: 'DAMAGED', ...moved } },
              {
                node: {
                  sequence: 1,
                  quantity: 10,
                  onHandAfter: 10,
                  reason: 'RECEIVED',
                  ...moved,
                  note: 'From the port',
                },
              },
            ],
          },
          reservations: { edges: [{ node: { quantity: 3, state: 'HELD', settledAt: null } }] },
          released: { totalCount: 1 },
        },
      },
    ]);
  });

  test('cannot take away what is held for buyers, nor what is not there', async () => {
    const owner = seller();
    const { id: variantId } = await variantRow(graph, owner);
    const never = await variantRow(graph, owner);
    const { version } = await receive(graph, owner, variantId, 5);
    await reserve(graph, aCart(), { variantId, quantity: 3 });
    const damage = (quantity: number) => ({ input: { variantId, quantity, idempotencyKey: key() } });
    expect(await graph.codes(DAMAGE, owner, damage(3))).toEqual(['CONFLICT']);
    const count = (countedQuantity: number) => ({
      input: { variantId, countedQuantity, version, idempotencyKey: key() },
    });
    expect(await graph.codes(CORRECT, owner, count(2))).toEqual(['CONFLICT']);
    expect(await graph.codes(CORRECT, owner, count(3))).toEqual([]);
    expect(await stockOf(graph, variantId)).toEqual([3, 3]);
    const none = { input: { variantId: never.id, quantity: 1, idempotencyKey: key() } };
    expect(await graph.codes(DAMAGE, owner, none)).toEqual(['NOT_FOUND']);
  });

  test('count what they read: a sale in between is a conflict, a reservation is none, and a right count moves nothing', async () => {
    const owner = seller();
    const { id: variantId } = await variantRow(graph, owner);
    const { version } = await receive(graph, owner, variantId, 5);
    const count = () => ({ input: { variantId, countedQuantity: 5, version, idempotencyKey: key() } });
    await reserve(graph, aCart(), { variantId, quantity: 1 });
    expect((await graph.data(CORRECT, owner, count()))['correctStock'].version).toBe(version);
    await receive(graph, owner, variantId, 1);
    expect(await graph.codes(CORRECT, owner, count())).toEqual(['VERSION_CONFLICT']);
  });

  test('say it once, however often it is sent, also all at once', async () => {
    const owner = seller();
    const { id: variantId } = await variantRow(graph, owner);
    const input = { variantId, quantity: 5, idempotencyKey: key() };
    const codes = await Promise.all(Array.from({ length: 10 }, () => graph.codes(RECEIVE, owner, { input })));
    expect(codes.flat()).toEqual([]);
    expect(await stockOf(graph, variantId)).toEqual([5, 0]);
    expect(await graph.codes(RECEIVE, owner, { input: { ...input, quantity: 6 } })).toEqual(['IDEMPOTENCY_CONFLICT']);
    // Somebody else's key of the same letters is another one.
    const stranger = { ...owner, sub: randomUUID() };
    await graph.data(RECEIVE, stranger, { input });
    expect(await stockOf(graph, variantId)).toEqual([10, 0]);
  });

  test.each([0, -1, 1.5, 2 ** 31, 1_000_001, '5'])('cannot say that %j came or broke', async (quantity) => {
    const owner = seller();
    const { id: variantId } = await variantRow(graph, owner);
    for (const mutation of [RECEIVE, DAMAGE]) {
      const input = { variantId, quantity, idempotencyKey: key() };
      expect(await graph.codes(mutation, owner, { input })).toEqual(['BAD_USER_INPUT']);
    }
  });

  test.each([-1, 0.5, 2 ** 31, 1_000_000_001])('cannot count %d', async (countedQuantity) => {
    const input = { variantId: randomUUID(), countedQuantity, version: 1, idempotencyKey: key() };
    expect(await graph.codes(CORRECT, seller(), { input })).toEqual(['BAD_USER_INPUT']);
    const threshold = { variantId: randomUUID(), threshold: countedQuantity };
    expect(await graph.codes(THRESHOLD, seller(), { input: threshold })).toEqual(['BAD_USER_INPUT']);
  });

  test('cannot have more than can be counted', async () => {
    const owner = seller();
    const { id: variantId } = await variantRow(graph, owner);
    const { version } = await receive(graph, owner, variantId, 1);
    const all = { variantId, countedQuantity: 1_000_000_000, version, idempotencyKey: key() };
    await graph.data(CORRECT, owner, { input: all });
    const more = { variantId, quantity: 1, idempotencyKey: key() };
    expect(await graph.codes(RECEIVE, owner, { input: more })).toEqual(['CONFLICT']);
  });

  test('list what there is by the beginning of its SKU, and what is low', async () => {
    const owner = seller();
    const skus = ['POT-1', 'pot-2', 'P%T-3', 'CUP\\4'];
    const variants = await variantRows(graph, owner, { skus });
    for (const { id } of variants) await receive(graph, owner, id, 5);
    const { shopId } = variants[0]!;
    const list = async (filter: object) =>
      skusOf((await graph.data(HISTORY, owner, { filter: { shopId, ...filter } }))['stockLevels']).sort();
    expect(await list({})).toEqual([...skus].sort());
    expect(await list({ sku: 'Pot' })).toEqual(['POT-1', 'pot-2']);
    expect(await list({ sku: 'p%' })).toEqual(['P%T-3']);
    expect(await list({ sku: 'p_' })).toEqual([]);
    expect(await list({ sku: 'cup\\' })).toEqual(['CUP\\4']);
    expect(await list({ lowOnly: true })).toEqual([]);
    await graph.data(THRESHOLD, owner, { input: { variantId: variants[1]!.id, threshold: 5 } });
    await reserve(graph, aCart(), { variantId: variants[0]!.id, quantity: 5 });
    expect(await list({ lowOnly: true })).toEqual(['POT-1', 'pot-2']);
    expect(await list({ lowOnly: true, sku: 'POT-1' })).toEqual(['POT-1']);
  });
});

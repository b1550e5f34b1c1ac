import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { variantRow, variantRows } from './catalogue.rows.ts';
import { aCart, receive, refuseBrokenLevels, reserve, stockOf } from './stock.story.ts';
import { seller, startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;

beforeAll(async () => {
  graph = await startCommerce();
});

afterAll(() => graph.stop());

afterEach(() => refuseBrokenLevels(graph));

const LEVEL = '{ id onHand }';
const RECEIVE = `mutation ($input: ReceiveStockInput!) { receiveStock(input: $input) ${LEVEL} }`;
const DAMAGE = `mutation ($input: RecordDamageInput!) { recordDamage(input: $input) ${LEVEL} }`;
const CORRECT = `mutation ($input: CorrectStockInput!) { correctStock(input: $input) ${LEVEL} }`;
const THRESHOLD = `mutation ($input: SetLowStockThresholdInput!) { setLowStockThreshold(input: $input) ${LEVEL} }`;
const HISTORY = 'query ($filter: StockLevelFilter!) { stockLevels(filter: $filter) { edges { node { onHand } } } }';

const key = () => randomUUID();

describe('nobody else', () => {
  test('changes or sees the stock of a shop, also of one that everybody sees', async () => {
    const owner = seller();
    const { id: variantId, shopId } = await variantRow(graph, owner);
    const { id, version } = await receive(graph, owner, variantId, 5);
    const movementId = await graph.runtime.asSystem(async ({ em }) => {
      const rows = await em.execute<{ id: string }[]>('select id from stock_movement where variant_id = ?', [
        variantId,
      ]);
      return rows[0]!.id;
    });
    const stock = { variantId, idempotencyKey: key() };
    for (const [as, code] of [
      [undefined, 'UNAUTHENTICATED'],
      [seller(), 'NOT_FOUND'],
      [{ ...owner, scope: 'commerce:read' }, 'FORBIDDEN'],
    ] as const) {
      expect(await graph.codes(RECEIVE, as, { input: { ...stock, quantity: 1 } })).toEqual([code]);
      expect(await graph.codes(DAMAGE, as, { input: { ...stock, quantity: 1 } })).toEqual([code]);
      expect(await graph.codes(CORRECT, as, { input: { ...stock, countedQuantity: 1, version } })).toEqual([code]);
      expect(await graph.codes(THRESHOLD, as, { input: { variantId, threshold: 1 } })).toEqual([code]);
    }
    expect(await graph.codes(HISTORY, undefined, { filter: { shopId } })).toEqual(['UNAUTHENTICATED']);
    expect(await graph.codes(HISTORY, seller(), { filter: { shopId } })).toEqual(['NOT_FOUND']);
    expect(await graph.codes(HISTORY, { ...owner, scope: '' }, { filter: { shopId } })).toEqual(['FORBIDDEN']);
    for (const as of [undefined, seller(), { ...owner, scope: 'commerce:write' }]) {
      expect(await graph.entities('StockLevel', [id], 'onHand', as)).toEqual([null]);
      expect(await graph.entities('StockMovement', [movementId], 'quantity', as)).toEqual([null]);
      expect(await graph.entities('ProductVariant', [variantId], 'stock { onHand }', as)).toEqual([{ stock: null }]);
    }
    expect(await graph.entities('ProductVariant', [variantId], 'stock { onHand }', owner)).toEqual([
      { stock: { onHand: 5 } },
    ]);
    expect(await stockOf(graph, variantId)).toEqual([5, 0]);
  });

  test('learns more than whether there is enough, and how many up to ten', async () => {
    const owner = seller();
    const variants = await variantRows(graph, owner, { skus: ['A', 'B', 'C', 'D', 'E'] });
    const ids = variants.map(({ id }) => id);
    for (const [index, quantity] of [11, 9, 2, 3].entries()) await receive(graph, owner, ids[index]!, quantity);
    await graph.data(THRESHOLD, owner, { input: { variantId: ids[2], threshold: 2 } });
    await reserve(graph, aCart(), { variantId: ids[3]!, quantity: 3 });
    const seen = await graph.entities('ProductVariant', ids, 'availability { status quantity }');
    expect(seen.map((variant) => variant?.['availability'])).toEqual([
      { status: 'IN_STOCK', quantity: 10 },
      { status: 'IN_STOCK', quantity: 9 },
      { status: 'LOW', quantity: 2 },
      { status: 'SOLD_OUT', quantity: 0 },
      { status: 'SOLD_OUT', quantity: 0 },
    ]);
    const hidden = await variantRows(graph, owner, { state: 'PENDING_APPROVAL' });
    expect(await graph.entities('ProductVariant', [hidden[0]!.id], 'availability { status }', seller())).toEqual([
      null,
    ]);
  });

  test('pays for it: references cost the same for five as for two', async () => {
    const owner = seller();
    const variants = await variantRows(graph, owner, { skus: ['A', 'B', 'C', 'D', 'E'] });
    const levels: string[] = [];
    for (const { id } of variants) levels.push((await receive(graph, owner, id, 5)).id);
    const selection =
      'variant { sku availability { status } stock { id } } movements { edges { node { id } } } reservations { totalCount }';
    const cost = (ids: readonly string[]) =>
      graph.sql.during(() => graph.entities('StockLevel', ids, selection, owner));
    expect(await cost(levels)).toBe(await cost(levels.slice(0, 2)));
  });
});

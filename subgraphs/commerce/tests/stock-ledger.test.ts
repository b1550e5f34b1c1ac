import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { variantRows } from './catalogue.rows.ts';
import { aCart, receive, reserve } from './stock.story.ts';
import { seller, startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
let variantId: string;
const owner = seller();

beforeAll(async () => {
  graph = await startCommerce();
  variantId = (await variantRows(graph, owner))[0]!.id;
  await receive(graph, owner, variantId, 5);
  await receive(graph, owner, variantId, 3);
  await reserve(graph, aCart(), { variantId, quantity: 2 });
});

afterAll(() => graph.stop());

/** With the rights of the subgraph itself, as any code of it has them. */
const run = (sql: string, values: readonly string[] = []) =>
  graph.runtime.asSystem(({ em }) => em.execute(sql, [...values] as never[], 'run'));

describe('Even the subgraph itself', () => {
  test.each([
    'update stock_movement set quantity = 1',
    'update stock_movement set note = null where false',
    'delete from stock_movement',
  ])('cannot change what moved: %s', async (sql) => {
    await expect(run(sql)).rejects.toThrow('Rows of stock_movement are never changed.');
  });

  test('cannot empty the ledger, nor take the guard off it', async () => {
    await expect(run('truncate stock_movement cascade')).rejects.toThrow(/permission denied|never changed/);
    await expect(run('alter table stock_movement disable trigger append_only')).rejects.toThrow('must be owner');
    await expect(run('drop trigger append_only on stock_movement')).rejects.toThrow('must be owner');
  });

  test.each([
    ['a level without a movement', 'update stock_level set on_hand = on_hand + 1', 'foreign key'],
    ['a level that points to another movement', 'update stock_level set last_sequence = 1', 'foreign key'],
    ['a level that points nowhere', 'update stock_level set last_sequence = null', 'check'],
    ['more reserved than there is', 'update stock_level set reserved = 9', 'check'],
    ['less than nothing reserved', 'update stock_level set reserved = -1', 'check'],
    ['a reservation of nothing', 'update stock_reservation set quantity = 0', 'check'],
    ['a reservation that is over and held', 'update stock_reservation set settled_at = now()', 'check'],
  ])('cannot write %s', async (_, sql, constraint) => {
    await expect(run(sql)).rejects.toThrow(constraint);
  });

  test.each([
    ['that leaves a gap', 4, 1, 8, 'RECEIVED', 'foreign key'],
    ['that does not begin where the last one ended', 3, 1, 7, 'RECEIVED', 'foreign key'],
    ['that comes in between', 2, 1, 5, 'RECEIVED', 'unique'],
    ['of nothing', 3, 0, 8, 'CORRECTED', 'check'],
    ['that receives less than nothing', 3, -1, 8, 'RECEIVED', 'check'],
    ['that sells what comes', 3, 1, 8, 'SOLD', 'check'],
    ['for no reason', 3, 1, 8, 'STOLEN', 'check'],
  ])('cannot write a movement %s', async (_, sequence, quantity, before, reason, constraint) => {
    const insert = `insert into stock_movement (id, variant_id, shop_id, organization_id, sequence, quantity, on_hand_before,
      on_hand_after, reason, created_at)
      select '${randomUUID()}', id, shop_id, organization_id, ${sequence}, ${quantity}, ${before}, ${before + quantity},
        '${reason}', now() from product_variant where id = ?`;
    await expect(run(insert, [variantId])).rejects.toThrow(constraint);
  });

  test('cannot hold a variant twice for one owner', async () => {
    const again = `insert into stock_reservation (id, variant_id, shop_id, organization_id, owner_kind, owner_id, hold,
      quantity, state, expires_at, created_at)
      select '${randomUUID()}', variant_id, shop_id, organization_id, owner_kind, owner_id, hold + 1, quantity, state,
        expires_at, created_at from stock_reservation where variant_id = ?`;
    await expect(run(again, [variantId])).rejects.toThrow('unique');
  });
});

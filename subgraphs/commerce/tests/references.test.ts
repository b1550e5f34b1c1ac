import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCategory, createProduct, createVariant, listProduct } from './product.story.ts';
import { openShop } from './shop.story.ts';
import { seller, startCommerce, type TestCommerce } from './story.ts';

/** What is asked of each type other subgraphs may refer to, besides its id. */
const SELECTIONS = {
  Category: 'id name ancestors { name } children { name } parent { name }',
  Product:
    'id title shop { name } category { name } variants { sku } images { url } priceRange { lowest { amount } } related { id }',
  ProductImport: 'id state shop { name }',
  ProductVariant: 'id sku price { amount } product { title }',
} as const;

type Type = keyof typeof SELECTIONS;

let graph: TestCommerce;
const owner = seller();
const ids: Record<Type, string[]> = { Category: [], Product: [], ProductImport: [], ProductVariant: [] };
let hidden: Record<Exclude<Type, 'Category'>, string>;

beforeAll(async () => {
  graph = await startCommerce();
  const shopId = (await openShop(graph, owner)).id;
  const { id: parentId } = await createCategory(graph);
  for (let count = 0; count < 20; count += 1) {
    const category = await createCategory(graph, { parentId });
    const product = await listProduct(graph, owner, shopId, { categoryId: category.id, title: `Thing ${count}` });
    ids.Category.push(category.id);
    ids.Product.push(product.id);
    ids.ProductVariant.push((await createVariant(graph, owner, product.id)).id);
  }
  const imports = await graph.runtime.asSystem(({ em }) =>
    em.execute<{ id: string }[]>(
      `insert into product_import (id, shop_id, organization_id, requested_by, state, csv, line_count, done_count, created_at, ended_at)
       select gen_random_uuid(), ?, ?, ?, 'FINISHED', '', 1, 1, now(), now() from generate_series(1, 21) returning id`,
      [shopId, owner.org, owner.sub],
    ),
  );
  ids.ProductImport.push(...imports.slice(0, 20).map(({ id }) => id));
  const draft = await createProduct(graph, owner, shopId);
  hidden = {
    ProductImport: imports[20]!.id,
    Product: draft.id,
    ProductVariant: (await createVariant(graph, owner, draft.id)).id,
  };
}, 60_000);

afterAll(() => graph.stop());

describe.each(Object.keys(SELECTIONS) as Type[])('References to %s', (type) => {
  const resolve = (wanted: readonly string[], as = owner) => graph.entities(type, wanted, SELECTIONS[type], as);

  test('cost the same for 20 as for 2', async () => {
    const two = await graph.sql.during(() => resolve(ids[type].slice(0, 2)));
    const twenty = await graph.sql.during(async () => expect(await resolve(ids[type])).toHaveLength(20));
    expect(twenty).toBe(two);
  });

  test('keep their order, may come twice, and are null for what is missing', async () => {
    const [first, second] = ids[type] as [string, string];
    const found = await resolve([second, randomUUID(), first, 'no id', second.toUpperCase()]);
    expect(found.map((one) => one?.['id'] ?? null)).toEqual([second, null, first, null, second]);
  });
});

test('A draft and its variants are there for nobody but its shop’s people', async () => {
  for (const [type, id] of Object.entries(hidden)) {
    expect(await graph.entities(type, [id], 'id', owner)).toEqual([{ id }]);
    for (const as of [undefined, seller(), { ...owner, scope: '' }]) {
      expect(await graph.entities(type, [id], 'id', as)).toEqual([null]);
    }
  }
});

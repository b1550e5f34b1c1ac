import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { createLoaders, type CommerceWork } from '../src/context.ts';
import { ProductStatus } from '../src/product/product-status.ts';
import { ProductSort } from '../src/search/product-search.inputs.ts';
import { searchProducts } from '../src/search/search-products.ts';
import { suggestProducts } from '../src/search/suggest-products.ts';
import { createCategory } from './product.story.ts';
import { openShop } from './shop.story.ts';
import { seller, startCommerce, type TestCommerce } from './story.ts';

/** Enough for the database to prefer an index where there is one. */
const PRODUCTS = 20_000;

let graph: TestCommerce;
let shopId: string;
let categoryId: string;
let someId: string;
const owner = seller();
/** Of letters only: no word with a number in it is guessed. */
const md5 = (n: number) => letters(createHash('md5').update(String(n)).digest('hex'));
const letters = (hex: string) => hex.replace(/[0-9]/g, (digit) => 'ghijklmnop'[Number(digit)]!);

beforeAll(async () => {
  graph = await startCommerce();
  shopId = (await openShop(graph, owner)).id;
  categoryId = (await createCategory(graph, { name: 'Rare' })).id;
  await graph.runtime.asSystem(async ({ em }) => {
    await em.execute(
      `insert into shop select gen_random_uuid(), organization_id, owner_id, 'Shop ' || n, 'many-' || n, '', 'CHF', 'CH',
         0, true, 0, 'OPEN', null, 1, now(), now(), now() from shop, generate_series(1, 100) n where shop.id = ?`,
      [shopId],
    );
    await em.execute(
      `insert into product (id, shop_id, organization_id, category_id, category_path, title, slug, description, brand,
         attributes, status, shop_open, currency, lowest_price, rating_count, rating_sum, rating_stars, sold_count,
         created_at, updated_at, published_at)
       select gen_random_uuid(), shops.ids[1 + n % 101], ?, case when n % 200 = 0 then ?::uuid end,
         case when n % 200 = 0 then array[?::uuid] else '{}' end, 'Thing ' || translate(md5(n::text), '0123456789', 'ghijklmnop'), 'thing-' || n,
         'Made of ' || translate(md5((n % 1000)::text), '0123456789', 'ghijklmnop'), 'Brand ' || n % 500, jsonb_build_object('size', (n % 300)::text, 'colour', (n % 7)::text),
         case when n % 10 = 0 then 'DRAFT' else 'ACTIVE' end, true, 'CHF', n, n % 20, 4 * (n % 20), array[0, 0, 0, n % 20, 0], n % 5000,
         now() - n * interval '1 minute', now(), now() - n * interval '1 minute'
       from generate_series(1, ${PRODUCTS}) n, (select array_agg(id) as ids from shop) shops`,
      [owner.org, categoryId, categoryId],
    );
    const [row] = await em.execute<{ id: string }[]>(`select id from product where category_id = ? limit 1`, [
      categoryId,
    ]);
    someId = row!.id;
  });
  // The owner of the tables measures them; `analyze` by anybody else does nothing.
  const client = new pg.Client({ connectionString: graph.database.url });
  await client.connect();
  await client.query('analyze commerce.product, commerce.catalogue_word');
  await client.end();
}, 120_000);

afterAll(() => graph.stop());

/** The plans of all statements that something causes. */
async function plansOf(run: (work: CommerceWork) => Promise<unknown>): Promise<string> {
  const plans: string[] = [];
  await graph.runtime.asSystem(async (work) => {
    const execute = work.em.execute.bind(work.em) as (sql: string, params?: unknown[]) => Promise<unknown>;
    work.em.execute = (async (sql: string, params: unknown[] = []) => {
      if (sql.startsWith('explain')) return execute(sql, params);
      const rows = (await execute(`explain ${sql}`, params)) as Record<string, string>[];
      plans.push(...rows.map((row) => row['QUERY PLAN']!));
      return execute(sql, params);
    }) as typeof work.em.execute;
    await run(work);
  });
  expect(plans).not.toEqual([]);
  return plans.join('\n');
}

/** A search with all that can be asked of it. */
const searching = (args: object) => async (work: CommerceWork) => {
  const { count, countFacets } = await searchProducts(work, { sort: ProductSort.RELEVANCE, ...args } as never);
  await count();
  await countFacets();
};

const attributes = [{ name: 'size', values: ['17', '18'] }];

test.each([
  ['a text', () => ({ filter: { text: md5(7) } })],
  ['a beginning, by price', () => ({ filter: { text: md5(7).slice(0, 5), currency: 'CHF' }, sort: 'PRICE_ASC' })],
  ['a text with a slip', () => ({ filter: { text: `thing ${md5(7).slice(0, 9)}x` } })],
  ['a shop', () => ({ filter: { shopId } })],
  ['a shop, by price', () => ({ filter: { shopId }, sort: 'PRICE_DESC' })],
  ['a category', () => ({ filter: { categoryId } })],
  ['a category, the newest', () => ({ filter: { categoryId }, sort: 'NEWEST' })],
  ['a range of prices', () => ({ filter: { currency: 'CHF', minPrice: 100, maxPrice: 300 }, sort: 'PRICE_ASC' })],
  ['a brand', () => ({ filter: { brands: ['Brand 7', 'Brand 8'] } })],
  ['an attribute', () => ({ filter: { attributes } })],
  [
    'all together',
    () => ({ filter: { text: 'thing', categoryId, currency: 'CHF', minPrice: 1, attributes, minRating: 1 } }),
  ],
])('A search for %s reads no list to its end', async (_, args) => {
  expect(await plansOf(searching(args()))).not.toContain('Seq Scan');
});

test.each([
  ['anything', {}],
  ['anything, the newest', { sort: 'NEWEST' }],
  ['anything, by rating', { sort: 'RATING' }],
  ['anything, by price', { sort: 'PRICE_DESC', filter: { currency: 'CHF' } }],
  ['a rating', { filter: { minRating: 4 } }],
  ['a word that is everywhere', { filter: { text: 'thing' } }],
])('A search for %s walks an index as far as it needs', async (_, args) => {
  const plans = await plansOf(searching(args));
  expect(plans).not.toContain('Seq Scan');
  expect(plans).toMatch(/Index (Only )?Scan using listed_product/);
});

test('A search for a text finds it by its index', async () => {
  expect(await plansOf(searching({ filter: { text: md5(7) } }))).toContain('listed_product_search');
  expect(await plansOf(searching({ filter: { text: `thing ${md5(7).slice(0, 9)}x` } }))).toContain(
    'catalogue_word_alike',
  );
});

test('A page further on begins in the index', async () => {
  for (const sort of ['NEWEST', 'RATING', 'BEST_SELLING', 'PRICE_ASC', 'PRICE_DESC']) {
    const filter = sort.startsWith('PRICE') ? { currency: 'CHF' } : {};
    const plans = await plansOf(async (work) => {
      const { pageInfo } = await searchProducts(work, { filter, sort, first: 5 } as never);
      await searchProducts(work, { filter, sort, first: 5, after: pageInfo.endCursor } as never);
    });
    expect(plans).toMatch(/Index Cond: .*ROW\(/);
    expect(plans).not.toContain('Seq Scan');
  }
});

test('Suggestions, what is related, and the lists of a shop read no list to their end', async () => {
  expect(await plansOf((work) => suggestProducts(work, 'brand 7'))).not.toContain('Seq Scan on product');
  expect(await plansOf((work) => suggestProducts(work, 'th'))).not.toContain('Seq Scan on product');
  const loading = (load: (loaders: ReturnType<typeof createLoaders>) => Promise<unknown>) =>
    plansOf((work) => load(createLoaders(work as never)));
  expect(await loading((loaders) => loaders.relatedToProduct.load({ id: someId, categoryId }))).not.toContain(
    'Seq Scan on product',
  );
  for (const filter of [undefined, { status: ProductStatus.DRAFT }]) {
    const plan = await loading((loaders) => loaders.productsOfShop.load(shopId, { filter, first: 5 }));
    expect(plan).toContain('product_by_shop');
  }
});

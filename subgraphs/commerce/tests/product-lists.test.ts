import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Market, openMarket } from './market.story.ts';
import { seller, staff, startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
let market: Market;

beforeAll(async () => {
  graph = await startCommerce();
  market = await openMarket(graph);
});

afterAll(() => graph.stop());

test('Suggestions are titles that begin so, the best selling first', async () => {
  const suggest = async (prefix: string) =>
    (await graph.data('query ($prefix: String!) { productSuggestions(prefix: $prefix) }', undefined, { prefix }))[
      'productSuggestions'
    ];
  expect(await suggest('head')).toEqual(['Wireless Headphones', 'Studio headphone', 'Euro Headphones']);
  expect(await suggest('sonora b')).toEqual(['Bookshelf Speaker']);
  // Descriptions say too much to be suggested.
  expect(await suggest('keyb')).toEqual(['Mechanical Keyboard']);
  expect(await suggest(' ')).toEqual([]);
});

test('Related products are of the same category, and cost the same for one product as for many', async () => {
  const related = 'id related { title }';
  const two = [market.ids['Wireless Headphones']!, market.ids['Mechanical Keyboard']!];
  const [headphones, keyboard] = await graph.entities('Product', two, related);
  expect(headphones!['related']).toEqual([{ title: 'Studio headphone' }, { title: 'Euro Headphones' }]);
  expect(keyboard!['related']).toEqual([]);
  // None of them is related to another one, which would be known already.
  const apart = ['Wireless Headphones', 'Mechanical Keyboard', 'Bookshelf Speaker', 'Caffè Crème'].map(
    (title) => market.ids[title]!,
  );
  const few = await graph.sql.during(() => graph.entities('Product', two.slice(0, 1), related));
  const many = await graph.sql.during(() => graph.entities('Product', apart, related));
  expect(many).toBe(few);
});

test('A shop’s people list all it has by status; everybody else only what is for sale', async () => {
  const list = `query ($id: ID!, $status: ProductStatus) { shop(id: $id) {
    products(filter: { status: $status }) { totalCount edges { node { title status } } } } }`;
  const of = async (as: ReturnType<typeof seller> | undefined, status?: string) =>
    (await graph.data(list, as, { id: market.shops.francs, status }))['shop'].products;
  expect((await of(market.owner)).totalCount).toBe(6);
  expect(await of(market.owner, 'DRAFT')).toEqual({
    totalCount: 1,
    edges: [{ node: { title: 'Secret Headphones', status: 'DRAFT' } }],
  });
  expect((await of(staff() as ReturnType<typeof seller>, 'DRAFT')).totalCount).toBe(1);
  for (const as of [undefined, market.other, { ...market.owner, scope: '' }]) {
    expect((await of(as)).totalCount).toBe(5);
    expect((await of(as, 'DRAFT')).totalCount).toBe(0);
  }
});

test('A list costs the same for six products as for one', async () => {
  const list = `query ($first: Int!) { products(first: $first, sort: NEWEST) { totalCount facets { brands { count } } edges { node {
    title shop { name } category { name parent { name } } variants { sku product { id } } images { url } priceRange { lowest { amount } } related { id }
  } } } }`;
  const one = await graph.sql.during(() => graph.data(list, undefined, { first: 1 }));
  const six = await graph.sql.during(() => graph.data(list, undefined, { first: 6 }));
  // Fewer, when some are related to others on the page and known already.
  expect(six).toBeLessThanOrEqual(one);
});

test('Through what everybody sees nobody writes, whom no policy of the rows would stop', async () => {
  for (const write of [
    `update listed_product set title = 'Mine'`,
    'delete from listed_product',
    'insert into listed_product (id) values (gen_random_uuid())',
  ]) {
    const writing = graph.runtime.asSystem(({ em }) => em.execute(write));
    await expect(writing).rejects.toThrow('listed_product can only be read');
  }
});

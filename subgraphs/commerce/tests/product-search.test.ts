import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Market, openMarket } from './market.story.ts';
import { seller, staff, startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
let market: Market;

const SEARCH = `query ($filter: ProductFilter, $sort: ProductSort, $first: Int, $after: String, $last: Int, $before: String) {
  products(filter: $filter, sort: $sort, first: $first, after: $after, last: $last, before: $before) {
    totalCount edges { cursor node { id title } } pageInfo { hasNextPage hasPreviousPage endCursor startCursor }
  } }`;

const search = async (variables: object, as?: ReturnType<typeof seller>) =>
  (await graph.data(SEARCH, as, variables))['products'];
const titles = async (filter: object, sort = 'BEST_SELLING') =>
  (await search({ filter, sort })).edges.map(({ node }: { node: { title: string } }) => node.title);

beforeAll(async () => {
  graph = await startCommerce();
  market = await openMarket(graph);
});

afterAll(() => graph.stop());

describe('a search', () => {
  test('finds words in title, brand and description, and what fits best comes first', async () => {
    expect(await titles({ text: 'headphones' })).toEqual([
      'Wireless Headphones',
      'Studio headphone',
      'Euro Headphones',
    ]);
    expect(await titles({ text: 'SONORA headphones' })).toEqual(['Wireless Headphones']);
    // In the title it counts for more than in the description, whatever sells better.
    expect(await titles({ text: 'keyboard' }, 'RELEVANCE')).toEqual(['Mechanical Keyboard', 'Caffè Crème']);
    expect(await titles({ text: 'caffe creme' })).toEqual(['Caffè Crème']);
    expect(await titles({ text: 'book' })).toEqual(['Bookshelf Speaker']);
    expect(await titles({ text: 'mechanical key' })).toEqual(['Mechanical Keyboard']);
    // Neither is in a title as it is written, so nothing alike would be found instead.
    expect(await titles({ text: 'kopf head' })).toEqual(['Studio headphone']);
    expect(await titles({ text: 'teapot' })).toEqual([]);
  });

  test('forgives a slip of the fingers', async () => {
    expect(await titles({ text: 'keybord' }, 'RELEVANCE')).toEqual(['Mechanical Keyboard', 'Caffè Crème']);
    expect(await titles({ text: 'mechnical keyboard' })).toEqual(['Mechanical Keyboard']);
    expect((await titles({ text: 'hedphones' }, 'RELEVANCE')).toSorted()).toEqual([
      'Euro Headphones',
      'Wireless Headphones',
    ]);
  });

  test('takes every filter, and any of them together', async () => {
    const { audio, headphones } = market.categories;
    expect(await titles({ categoryId: audio })).toEqual([
      'Wireless Headphones',
      'Studio headphone',
      'Bookshelf Speaker',
      'Euro Headphones',
    ]);
    expect(await titles({ shopId: market.shops.euros })).toEqual(['Euro Headphones']);
    expect(await titles({ currency: 'CHF', categoryId: headphones })).toHaveLength(2);
    expect(await titles({ currency: 'CHF', minPrice: 9_900, maxPrice: 14_900 })).toEqual([
      'Studio headphone',
      'Mechanical Keyboard',
    ]);
    expect(await titles({ brands: ['Sonora', 'Klack'] })).toHaveLength(3);
    expect(await titles({ minRating: 4.2 })).toEqual(['Mechanical Keyboard', 'Caffè Crème']);
    const attributes = [{ name: 'colour', values: ['black', 'white'] }];
    expect(await titles({ attributes })).toHaveLength(4);
    expect(await titles({ attributes: [{ name: 'colour', values: ['white'] }] })).toEqual(['Studio headphone']);
    const all = {
      ...{
        text: 'headphone',
        shopId: market.shops.francs,
        categoryId: audio,
        currency: 'CHF',
        minPrice: 1,
        maxPrice: 20_000,
      },
      ...{ brands: ['Sonora', 'Kopf'], minRating: 3, attributes },
    };
    expect(await titles(all)).toEqual(['Wireless Headphones', 'Studio headphone']);
    expect(await titles({ ...all, brands: ['Nobody'] })).toEqual([]);
  });

  test.each([
    [
      'BEST_SELLING',
      {},
      [
        'Wireless Headphones',
        'Studio headphone',
        'Bookshelf Speaker',
        'Mechanical Keyboard',
        'Caffè Crème',
        'Euro Headphones',
      ],
    ],
    [
      'NEWEST',
      {},
      [
        'Euro Headphones',
        'Caffè Crème',
        'Mechanical Keyboard',
        'Bookshelf Speaker',
        'Studio headphone',
        'Wireless Headphones',
      ],
    ],
    [
      'RATING',
      { currency: 'CHF' },
      ['Caffè Crème', 'Mechanical Keyboard', 'Bookshelf Speaker', 'Studio headphone', 'Wireless Headphones'],
    ],
    [
      'PRICE_ASC',
      { currency: 'CHF' },
      ['Caffè Crème', 'Studio headphone', 'Mechanical Keyboard', 'Wireless Headphones', 'Bookshelf Speaker'],
    ],
    [
      'PRICE_DESC',
      { currency: 'CHF' },
      ['Bookshelf Speaker', 'Wireless Headphones', 'Mechanical Keyboard', 'Studio headphone', 'Caffè Crème'],
    ],
    ['RELEVANCE', { text: 'headphones' }, ['Euro Headphones', 'Wireless Headphones', 'Studio headphone']],
    ['RELEVANCE', { text: 'hedphones' }, ['Euro Headphones', 'Wireless Headphones']],
  ])('sorted by %s is paged through in both directions without a gap', async (sort, filter, expected) => {
    const whole: string[] = await titles(filter, sort);
    expect(whole).toEqual(expected);
    const forwards: string[] = [];
    let after: string | undefined;
    do {
      const { edges, pageInfo } = await search({ filter, sort, first: 2, after });
      forwards.push(...edges.map(({ node }: { node: { title: string } }) => node.title));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : undefined;
    } while (after);
    expect(forwards).toEqual(whole);
    const backwards: string[] = [];
    let before: string | undefined;
    do {
      const { edges, pageInfo } = await search({ filter, sort, last: 2, before });
      backwards.unshift(...edges.map(({ node }: { node: { title: string } }) => node.title));
      before = pageInfo.hasPreviousPage ? pageInfo.startCursor : undefined;
    } while (before);
    expect(backwards).toEqual(whole);
  });

  test('shows nobody what is not for sale, not even its own people', async () => {
    const hidden = { filter: { text: 'secret' } };
    for (const as of [undefined, market.other, market.owner, staff() as ReturnType<typeof seller>]) {
      expect((await search(hidden, as)).totalCount).toBe(0);
    }
  });

  test('loses what a shop sells when the shop is stopped, and finds it again when it goes on', async () => {
    const suspend = 'mutation ($input: SuspendShopInput!) { suspendShop(input: $input) { state } }';
    await graph.data(suspend, staff(), { input: { id: market.shops.euros, reason: 'Counterfeits' } });
    expect(await titles({ text: 'headphones' })).not.toContain('Euro Headphones');
    expect((await graph.data('{ productSuggestions(prefix: "euro") }'))['productSuggestions']).toEqual([]);
    const reinstate = 'mutation ($input: ReinstateShopInput!) { reinstateShop(input: $input) { state } }';
    await graph.data(reinstate, staff(), { input: { id: market.shops.euros } });
    expect(await titles({ text: 'headphones' })).toContain('Euro Headphones');
  });

  test('says by what the found ones differ', async () => {
    const facets = `query ($filter: ProductFilter) { products(filter: $filter, first: 1) { totalCount facets {
      isComplete categories { category { name } count } brands { value count }
      prices { lowest { amount currency } highest { amount } count } attributes { name values { value count } }
    } } }`;
    const { products } = await graph.data(facets, undefined, { filter: { currency: 'CHF' } });
    expect(products.totalCount).toBe(5);
    expect(products.facets).toMatchObject({
      isComplete: true,
      brands: [
        { value: 'Sonora', count: 2 },
        { value: 'Klack', count: 1 },
        { value: 'Kopf', count: 1 },
      ],
      attributes: [
        {
          name: 'colour',
          values: [
            { value: 'black', count: 3 },
            { value: 'white', count: 1 },
          ],
        },
      ],
    });
    expect(products.facets.categories[0]).toEqual({ category: { name: 'Audio' }, count: 3 });
    expect(products.facets.categories).toContainEqual({ category: { name: 'Headphones' }, count: 2 });
    const counts = products.facets.prices.map(({ count }: { count: number }) => count);
    expect(counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(5);
    expect(products.facets.prices[0]).toEqual({
      lowest: { amount: 1_200, currency: 'CHF' },
      highest: { amount: 1_200 },
      count: 1,
    });
    const mixed = await graph.data(facets, undefined, { filter: {} });
    expect(mixed['products'].facets.prices).toEqual([]);
  });

  test('compares prices within one currency only', async () => {
    for (const [filter, sort] of [
      [{}, 'PRICE_ASC'],
      [{ minPrice: 1 }, 'NEWEST'],
      [{ maxPrice: 1 }, 'NEWEST'],
    ] as const) {
      expect(await graph.codes(SEARCH, undefined, { filter, sort })).toEqual(['BAD_USER_INPUT']);
    }
    expect(await titles({ shopId: market.shops.euros, maxPrice: 100 }, 'PRICE_DESC')).toEqual(['Euro Headphones']);
  });

  test('does not go on with a cursor of another order', async () => {
    const { pageInfo } = await search({ sort: 'NEWEST', first: 1 });
    const elsewhere = { sort: 'BEST_SELLING', after: pageInfo.endCursor };
    expect(await graph.codes(SEARCH, undefined, elsewhere)).toEqual(['BAD_USER_INPUT']);
  });
});

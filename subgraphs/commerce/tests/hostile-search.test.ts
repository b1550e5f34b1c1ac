import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;

const SEARCH = `query ($filter: ProductFilter, $sort: ProductSort, $first: Int, $after: String) {
  products(filter: $filter, sort: $sort, first: $first, after: $after) { totalCount edges { node { id } } facets { isComplete } }
}`;

beforeAll(async () => {
  graph = await startCommerce();
});

afterAll(() => graph.stop());

test.each([
  `'; drop table product; --`,
  `a & | ! <-> ( ) : * ' " \\ ?`,
  '!!!',
  ':*AB',
  '%_%',
  'keyboard:* | !keyboard',
  'x '.repeat(100),
  '\u202e\u0000'.slice(0, 1),
  '烏龍茶',
  '😀',
])('A search takes %j for words and nothing else', async (text) => {
  expect(await graph.codes(SEARCH, undefined, { filter: { text }, sort: 'RELEVANCE' })).toEqual([]);
  const suggest = 'query ($prefix: String!) { productSuggestions(prefix: $prefix) }';
  expect(await graph.codes(suggest, undefined, { prefix: text })).toEqual([]);
});

test.each([
  [{ filter: { text: 'x'.repeat(201) } }],
  [{ filter: { minRating: 6 } }],
  [{ filter: { brands: Array.from({ length: 21 }, () => 'x') } }],
  [{ filter: { attributes: [{ name: 'colour', values: [] }] } }],
  [{ filter: { currency: 'CHF', minPrice: -1 } }],
  [{ first: 101 }],
  [{ after: 'nonsense' }],
  [{ after: Buffer.from(JSON.stringify(['products e.sold_count true', 'x', 'y'])).toString('base64url') }],
])('A search refuses %j', async (variables) => {
  expect(await graph.codes(SEARCH, undefined, { sort: 'BEST_SELLING', ...variables })).toEqual(['BAD_USER_INPUT']);
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createCategory, createProduct, curator, listProduct } from './product.story.ts';
import { openShop } from './shop.story.ts';
import { seller, staff, startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;

beforeAll(async () => {
  graph = await startCommerce();
});

afterAll(() => graph.stop());

const CREATE = 'mutation ($input: CreateCategoryInput!) { createCategory(input: $input) { id } }';
const RENAME = 'mutation ($input: RenameCategoryInput!) { renameCategory(input: $input) { name version } }';
const MOVE = 'mutation ($input: MoveCategoryInput!) { moveCategory(input: $input) { version depth parent { id } } }';
const DELETE = 'mutation ($input: CategoryVersionInput!) { deleteCategory(input: $input) { id } }';
const SEE = 'query ($id: ID!) { category(id: $id) { name depth version ancestors { name } children { name } } }';
const see = async (id: string) => (await graph.data(SEE, undefined, { id }))['category'];

/** A chain of categories, each in the one before. */
async function chain(...names: string[]) {
  const made: { id: string; version: number }[] = [];
  for (const name of names) made.push(await createCategory(graph, { name, parentId: made.at(-1)?.id }));
  return made;
}

test('Everybody sees the tree: parents before their children, siblings by their position', async () => {
  const { id: parentId } = await createCategory(graph, { name: 'Kitchen', position: 50_000 });
  await createCategory(graph, { name: 'Pots', parentId, position: 2 });
  await createCategory(graph, { name: 'Pans', parentId, position: 1 });
  const { categories } = await graph.data('{ categories { name parentId depth } }');
  expect(categories.slice(-3)).toEqual([
    { name: 'Kitchen', parentId: null, depth: 1 },
    { name: 'Pans', parentId, depth: 2 },
    { name: 'Pots', parentId, depth: 2 },
  ]);
  expect((await see(parentId)).children).toEqual([{ name: 'Pans' }, { name: 'Pots' }]);
});

test('A move takes along all that is below, and the products in it', async () => {
  const [garden, tools, spades] = await chain('Garden', 'Tools', 'Spades');
  const { id: outdoors } = await createCategory(graph, { name: 'Outdoors' });
  const owner = seller();
  const shop = await openShop(graph, owner);
  const spade = await listProduct(graph, owner, shop.id, { title: 'Spade', categoryId: spades!.id });
  const found = async (categoryId: string) => {
    const search = 'query ($filter: ProductFilter) { products(filter: $filter) { edges { node { id } } } }';
    const { products } = await graph.data(search, undefined, { filter: { categoryId } });
    return products.edges.map(({ node }: { node: { id: string } }) => node.id);
  };
  expect(await found(garden!.id)).toEqual([spade.id]);
  const { moveCategory } = await graph.data(MOVE, curator(), { input: { ...tools!, parentId: outdoors } });
  expect(moveCategory).toMatchObject({ depth: 2, parent: { id: outdoors } });
  expect((await see(spades!.id)).ancestors).toEqual([{ name: 'Outdoors' }, { name: 'Tools' }]);
  expect(await found(garden!.id)).toEqual([]);
  for (const id of [outdoors, tools!.id, spades!.id]) expect(await found(id)).toEqual([spade.id]);
  await graph.data(MOVE, curator(), { input: { id: tools!.id, version: moveCategory.version } });
  expect(await see(spades!.id)).toMatchObject({ depth: 2, ancestors: [{ name: 'Tools' }] });
  expect(await found(outdoors)).toEqual([]);
});

test('A category is never in itself, also when two are moved into each other at once', async () => {
  const [top, middle, bottom] = await chain('Top', 'Middle', 'Bottom');
  for (const { id: parentId } of [top!, middle!, bottom!]) {
    expect(await graph.codes(MOVE, curator(), { input: { ...top!, parentId } })).toEqual(['BAD_USER_INPUT']);
  }
  const one = await createCategory(graph);
  const other = await createCategory(graph);
  const outcomes = await Promise.all([
    graph.codes(MOVE, curator(), { input: { ...one, parentId: other.id } }),
    graph.codes(MOVE, curator(), { input: { ...other, parentId: one.id } }),
  ]);
  // Which error the late one gets depends on what it had read.
  expect(outcomes.filter((codes) => codes.length === 0)).toHaveLength(1);
});

test('The tree is six deep at most, whether by making or by moving', async () => {
  const deep = await chain('1', '2', '3', '4', '5', '6');
  const seventh = { name: '7', slug: 'seventh', parentId: deep[5]!.id };
  expect(await graph.codes(CREATE, curator(), { input: seventh })).toEqual(['BAD_USER_INPUT']);
  const [tall] = await chain('a', 'b');
  const move = (parentId: string) => graph.codes(MOVE, curator(), { input: { ...tall!, parentId } });
  expect(await move(deep[4]!.id)).toEqual(['BAD_USER_INPUT']);
  expect(await move(deep[3]!.id)).toEqual([]);
});

test('Only an empty category is deleted', async () => {
  const [parent, child] = await chain('Parent', 'Child');
  const owner = seller();
  const shop = await openShop(graph, owner);
  expect(await graph.codes(DELETE, curator(), { input: parent })).toEqual(['CONFLICT']);
  const { id, version } = await createProduct(graph, owner, shop.id, { categoryId: child!.id });
  expect(await graph.codes(DELETE, curator(), { input: child })).toEqual(['CONFLICT']);
  const leave = 'mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { category { id } } }';
  await graph.data(leave, owner, { input: { id, version, categoryId: null } });
  expect(await graph.data(DELETE, curator(), { input: child })).toEqual({ deleteCategory: { id: child!.id } });
  expect(await see(child!.id)).toBeNull();
});

test('A category is renamed by one at a time, and its address is taken for good', async () => {
  const made = await createCategory(graph, { slug: 'taken' });
  const codes = await Promise.all(
    ['One', 'Two'].map((name) => graph.codes(RENAME, curator(), { input: { ...made, name } })),
  );
  expect(codes.flat()).toEqual(['VERSION_CONFLICT']);
  expect(await graph.codes(CREATE, curator(), { input: { name: 'B', slug: 'taken' } })).toEqual(['CONFLICT']);
});

test('Only staff that keeps the tree changes it', async () => {
  const made = await createCategory(graph);
  const changes: [string, object][] = [
    [CREATE, { name: 'Mine', slug: 'mine' }],
    [RENAME, { ...made, name: 'Mine' }],
    [MOVE, made],
    [DELETE, made],
  ];
  for (const [change, input] of changes) {
    expect(await graph.codes(change, undefined, { input })).toEqual(['UNAUTHENTICATED']);
    expect(await graph.codes(change, seller(), { input })).toEqual(['FORBIDDEN']);
    expect(await graph.codes(change, staff(), { input })).toEqual(['FORBIDDEN']);
    expect(await graph.codes(change, { ...curator(), sid: undefined }, { input })).toEqual(['FORBIDDEN']);
  }
  expect(await graph.codes(MOVE, curator(), { input: { ...made, parentId: randomUUID() } })).toEqual(['NOT_FOUND']);
  expect(await graph.codes(RENAME, curator(), { input: { ...made, id: 'no id', name: 'A' } })).toEqual(['NOT_FOUND']);
});

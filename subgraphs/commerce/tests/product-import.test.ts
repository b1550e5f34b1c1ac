import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { runProductImport } from '../src/import/run-product-import.ts';
import { createCategory, createProduct, createVariant } from './product.story.ts';
import { openShop } from './shop.story.ts';
import { seller, startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
let owner: ReturnType<typeof seller>;
let shopId: string;

beforeAll(async () => {
  graph = await startCommerce();
});

beforeEach(async () => {
  owner = seller();
  shopId = (await openShop(graph, owner)).id;
});

afterAll(() => graph.stop());

const IMPORT = 'mutation ($input: ImportProductsInput!) { importProducts(input: $input) { id state lineCount } }';
const SEE = `query ($id: ID!) { productImport(id: $id) {
  state lineCount doneCount createdCount updatedCount failedCount problems { line message } shop { id } } }`;
const EXPORT = 'query ($shopId: ID!) { productExport(shopId: $shopId) { csv lineCount endCursor } }';
const CANCEL = 'mutation ($id: ID!) { cancelProductImport(id: $id) { id state } }';
const COUNTED = `query ($id: ID!) { shop(id: $id) { products { totalCount } } }`;
const PRODUCTS = `query ($id: ID!) { shop(id: $id) { products { edges { node {
  slug title brand status description version category { slug } variants { sku title version price { amount } compareAtPrice { amount } }
} } } } }`;

const start = async (csv: string): Promise<string> =>
  (await graph.data(IMPORT, owner, { input: { shopId, csv } }))['importProducts'].id;
const see = async (id: string, as = owner) => (await graph.data(SEE, as, { id }))['productImport'];

/** What became of a text, when all jobs are done. */
async function imported(csv: string) {
  const id = await start(csv);
  await graph.runJobs();
  return see(id);
}

const products = async () =>
  (await graph.data(PRODUCTS, owner, { id: shopId }))['shop'].products.edges
    .map(({ node }: { node: { slug: string } }) => node)
    .sort((one: { slug: string }, other: { slug: string }) => one.slug.localeCompare(other.slug));

test('Lines become variants, those of one product together, and the same text again changes nothing', async () => {
  const { id } = await createCategory(graph, { slug: `tea-${randomUUID().slice(0, 8)}` });
  const { slug } = (await graph.data('query ($id: ID!) { category(id: $id) { slug } }', undefined, { id }))['category'];
  const csv = [
    'sku,title,product,variant,price,compare_at_price,brand,category,status,description',
    `T-100,Sencha,sencha,100 g,12.50,15,"Tea, & Co",${slug},active,"Green\nand ""fresh"""`,
    `T-500,Sencha,sencha,500 g,49.9,,"Tea, & Co",${slug},active,"Green\nand ""fresh"""`,
    'C-1,Caffè,,,8,,,,,',
  ].join('\r\n');
  expect(await imported(csv)).toEqual({
    ...{ state: 'FINISHED', lineCount: 3, doneCount: 3, createdCount: 3, updatedCount: 0, failedCount: 0 },
    ...{ problems: [], shop: { id: shopId } },
  });
  const made = await products();
  expect(made).toMatchObject([
    { slug: 'caffe', title: 'Caffè', status: 'DRAFT', variants: [{ sku: 'C-1', price: { amount: 800 } }] },
    {
      ...{ slug: 'sencha', title: 'Sencha', brand: 'Tea, & Co', status: 'ACTIVE', category: { slug } },
      description: 'Green\nand "fresh"',
      variants: [
        { sku: 'T-100', title: '100 g', price: { amount: 1_250 }, compareAtPrice: { amount: 1_500 } },
        { sku: 'T-500', title: '500 g', price: { amount: 4_990 }, compareAtPrice: null },
      ],
    },
  ]);
  expect(await imported(csv)).toMatchObject({ doneCount: 3, createdCount: 0, updatedCount: 0, failedCount: 0 });
  expect(await products()).toEqual(made);
  const dearer = 'sku,title,price\nC-1,Caffè,9';
  expect(await imported(dearer)).toMatchObject({ createdCount: 0, updatedCount: 1 });
  expect((await products())[0]).toMatchObject({ status: 'DRAFT', variants: [{ price: { amount: 900 } }] });
});

test('Lines with errors are told by their number, and the others are taken over', async () => {
  const csv = [
    'sku;title;price;category;status',
    'A;Right;1,50;;',
    ';No SKU;1;;',
    'B;;1;;',
    'C;Free;cheap;;',
    '"D\n";Two lines;1;;',
    'E;Nowhere;1;no-such-category;',
    'F;Odd;1;;SOLD',
    'A;Right;2;;',
  ].join('\n');
  const { problems, ...counts } = await imported(csv);
  expect(counts).toMatchObject({ state: 'FINISHED', doneCount: 8, createdCount: 2, updatedCount: 1, failedCount: 5 });
  expect(problems.map(({ line }: { line: number }) => line)).toEqual([3, 4, 5, 8, 9]);
});

test('What a line did before its error is undone, and done by the next one that says so', async () => {
  await imported('sku,title,product,price\nA,Old,tea,1');
  const csv = 'sku,title,product,price,compare_at_price\nA,New,tea,1,0.50\nB,New,tea,2,';
  expect(await imported(csv)).toMatchObject({ createdCount: 1, updatedCount: 0, failedCount: 1 });
  expect(await products()).toMatchObject([{ title: 'New', variants: [{ sku: 'B' }, { sku: 'A' }].toReversed() }]);
});

test('A line is taken over by one of two workers that have the same job', async () => {
  const lines = Array.from({ length: 20 }, (_, n) => `W-${n},Twice ${n},1`);
  const importId = await start(['sku,title,price', ...lines].join('\n'));
  const worker = () => graph.runtime.asSystem((work) => runProductImport(work, { importId, done: 0 }));
  await Promise.all([worker(), worker()]);
  expect(await see(importId)).toMatchObject({ state: 'FINISHED', doneCount: 20, createdCount: 20, updatedCount: 0 });
  await graph.runJobs();
  expect(await see(importId)).toMatchObject({ doneCount: 20, createdCount: 20 });
});

test('A text of many lines goes on in chunks, wherever a worker died', async () => {
  const lines = Array.from({ length: 250 }, (_, n) => `M-${n},Many ${n},1`);
  const id = await start(['sku,title,price', ...lines].join('\n'));
  // As a worker leaves it that was killed between two lines: what is done is counted, and its job is run again.
  await graph.runtime.asSystem(({ em }) =>
    em.execute(`update product_import set state = 'RUNNING', done_count = 30 where id = ?`, [id]),
  );
  await graph.runJobs();
  expect(await see(id)).toMatchObject({ state: 'FINISHED', doneCount: 250, createdCount: 220, failedCount: 0 });
}, 60_000);

test('Of ten imports of a shop at once one runs', async () => {
  const input = { shopId, csv: 'sku,title,price\nA,A,1' };
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => graph.codes(IMPORT, owner, { input })));
  expect(outcomes.flat()).toEqual(Array.from({ length: 9 }, () => 'CONFLICT'));
  await graph.runJobs();
  expect(await graph.codes(IMPORT, owner, { input })).toEqual([]);
  await graph.runJobs();
});

test('Whoever stops one keeps what was taken over, and may begin another', async () => {
  const lines = Array.from({ length: 1_500 }, (_, n) => `S-${n},Stop ${n},1`);
  const id = await start(['sku,title,price', ...lines].join('\n'));
  await graph.runtime.asSystem((work) => runProductImport(work, { importId: id, done: 0 }));
  expect(await graph.codes(CANCEL, seller(), { id })).toEqual(['NOT_FOUND']);
  expect(await graph.codes(CANCEL, { ...owner, scope: 'commerce:read' }, { id })).toEqual(['FORBIDDEN']);
  expect((await graph.data(CANCEL, owner, { id }))['cancelProductImport'].state).toBe('CANCELLED');
  await graph.runJobs();
  expect(await see(id)).toMatchObject({ state: 'CANCELLED', doneCount: 1_000, createdCount: 1_000 });
  expect(await graph.codes(CANCEL, owner, { id })).toEqual(['ILLEGAL_TRANSITION']);
  expect(await imported('sku,title,price\nS-0,Stop 0,1')).toMatchObject({ state: 'FINISHED', updatedCount: 0 });
});

test('Ten thousand products are taken over, and again, nothing changes', async () => {
  const lines = Array.from({ length: 10_000 }, (_, n) => `L-${n},Product number ${n},${n}.50,active`);
  const csv = ['sku,title,price,status', ...lines].join('\n');
  const whole = { state: 'FINISHED', lineCount: 10_000, doneCount: 10_000, failedCount: 0 };
  expect(await imported(csv)).toMatchObject({ ...whole, createdCount: 10_000 });
  expect(await imported(csv)).toMatchObject({ ...whole, createdCount: 0, updatedCount: 0 });
  const dearer = ['sku,title,price', ...lines.slice(0, 500)].join('\n').replaceAll('.50,active', '.75');
  expect(await imported(dearer)).toMatchObject({ doneCount: 500, updatedCount: 500 });
  const { shop } = await graph.data(COUNTED, owner, { id: shopId });
  expect(shop.products.totalCount).toBe(10_000);
}, 120_000);

test('What is exported runs nowhere, and taken over again changes nothing', async () => {
  const { id } = await createProduct(graph, owner, shopId, {
    title: '=HYPERLINK("https://evil.example")',
    brand: '@SUM',
  });
  await createVariant(graph, owner, id, { sku: '+41', title: '-1', price: { amount: 5, currency: 'CHF' } });
  const { productExport } = await graph.data(EXPORT, owner, { shopId });
  expect(productExport).toMatchObject({ lineCount: 1, endCursor: null });
  const [, line] = productExport.csv.split('\r\n');
  expect(line).toBe(
    `"hyperlink-https-evil-example","'=HYPERLINK(""https://evil.example"")","","'@SUM","","DRAFT","'+41","'-1","0.05",""`,
  );
  expect(await imported(productExport.csv)).toMatchObject({
    doneCount: 1,
    createdCount: 0,
    updatedCount: 0,
    failedCount: 0,
  });
});

test.each([
  [''],
  ['sku,title'],
  ['sku,title,price'],
  ['sku,title,price,colour\nA,A,1,red'],
  ['sku,sku,title,price\nA,A,A,1'],
  ['sku,title,price\n"A,A,1'],
  [`sku,title,price\n${'A,A,1\n'.repeat(20_001)}`],
  ['x'.repeat(900_001)],
])('A text such as %.40j is refused before anything happens', async (csv) => {
  expect(await graph.codes(IMPORT, owner, { input: { shopId, csv } })).toEqual(['BAD_USER_INPUT']);
});

test('Nobody else imports into a shop, exports it, or sees that somebody did', async () => {
  const id = await start('sku,title,price\nA,A,1');
  const input = { shopId, csv: 'sku,title,price\nB,B,1' };
  for (const [as, code] of [
    [undefined, 'UNAUTHENTICATED'],
    [seller(), 'NOT_FOUND'],
    [{ ...owner, scope: 'commerce:read' }, 'FORBIDDEN'],
  ] as const) {
    expect(await graph.codes(IMPORT, as, { input })).toEqual([code]);
  }
  expect(await graph.codes(EXPORT, seller(), { shopId })).toEqual(['NOT_FOUND']);
  expect(await graph.codes(EXPORT, { ...owner, scope: '' }, { shopId })).toEqual(['FORBIDDEN']);
  expect(await see(id, seller())).toBeNull();
  expect(await graph.entities('ProductImport', [id], 'id', { ...owner, scope: '' })).toEqual([null]);
  const list = 'query ($id: ID!) { shop(id: $id) { productImports { totalCount edges { node { id } } } } }';
  const own = { productImports: { totalCount: 1, edges: [{ node: { id } }] } };
  expect((await graph.data(list, owner, { id: shopId }))['shop']).toEqual(own);
  expect(await graph.codes(list, seller(), { id: shopId })).toEqual(['FORBIDDEN']);
  await graph.runJobs();
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DomainError } from '@supergraph/subgraph-kit';
import fc from 'fast-check';
import { holdCategories } from '../src/category/category.lock.ts';
import { importLines } from '../src/import/import-columns.ts';
import { readLine } from '../src/import/read-line.ts';
import { takeOverLine } from '../src/import/take-over-line.ts';
import { Shop } from '../src/shop/shop.entity.ts';
import { createCategory } from './product.story.ts';
import { openShop } from './shop.story.ts';
import { seller, startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
let category: string;

beforeAll(async () => {
  graph = await startCommerce();
  category = `tea-${randomUUID().slice(0, 8)}`;
  await createCategory(graph, { slug: category });
});

afterAll(() => graph.stop());

const IMPORT = 'mutation ($input: ImportProductsInput!) { importProducts(input: $input) { id } }';
const SEE = `query ($id: ID!) { productImport(id: $id) {
  state doneCount createdCount updatedCount failedCount problems { line message } } }`;
const GOODS = `
select product.slug, product.title, description, brand, status, lowest_price,
  category_id, category_path, published_at is not null as published,
  jsonb_agg(jsonb_build_array(
    sku, variant.title, variant.price, compare_at_price, position) order by sku) as variants
from product join product_variant as variant on product_id = product.id
where product.shop_id = ? group by product.id order by product.slug`;

const HEADER = 'sku,title,product,variant,price,compare_at_price,brand,category,status';

/** Few of each, so that lines meet: the same SKU again, in another product, dearer, described otherwise, put up for sale. */
const line = fc
  .tuple(
    fc.constantFrom('A', 'B', 'C', 'D', 'E', ''),
    fc.constantFrom('Sencha', 'Sencha', 'Oolong', ''),
    fc.constantFrom('', '', 'tea', 'leaf'),
    fc.constantFrom('', 'small'),
    fc.constantFrom('1', '2', '3', 'free'),
    fc.constantFrom('', '', '2.5'),
    fc.constantFrom('', 'Ito'),
    fc.constantFrom('', '', 'CATEGORY', 'nowhere'),
    fc.constantFrom('', 'active', 'draft'),
  )
  .map((cells) => cells.join(','));
const text = fc.array(line, { minLength: 1, maxLength: 12 }).map((lines) => [HEADER, ...lines].join('\n'));

async function newShop() {
  const owner = seller();
  return { owner, id: (await openShop(graph, owner)).id };
}

const goodsOf = (shopId: string) =>
  graph.runtime.asSystem(async ({ em }) => (await em.execute<object[]>(GOODS, [shopId])).map((row) => row));

/** As somebody would take them over by hand. */
async function oneByOne(shopId: string, csv: string) {
  const problems: { line: number; message: string }[] = [];
  const counts = { createdCount: 0, updatedCount: 0 };
  const lines = importLines(csv);
  for (const given of lines) {
    try {
      const outcome = await graph.runtime.asSystem((work) =>
        work.transaction(async () => {
          const shop = await work.em.findOneOrFail(Shop, { id: shopId });
          const categories = await holdCategories(work, given.cells.category ? [given.cells.category] : []);
          return takeOverLine(work, await readLine(shop, categories, given));
        }),
      );
      counts.createdCount += Number(outcome.created ?? false);
      counts.updatedCount += Number(outcome.updated ?? false);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      problems.push({ line: given.line, message: error.message });
    }
  }
  return { state: 'FINISHED', doneCount: lines.length, ...counts, failedCount: problems.length, problems };
}

async function together({ owner, id: shopId }: Awaited<ReturnType<typeof newShop>>, csv: string) {
  const { importProducts } = await graph.data(IMPORT, owner, { input: { shopId, csv } });
  await graph.runJobs();
  return (await graph.data(SEE, owner, importProducts))['productImport'];
}

test('Lines that are taken over together come to what they come to one by one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 3 }), async (texts) => {
      const [quick, patient] = [await newShop(), await newShop()];
      for (const given of texts) {
        const csv = given.replaceAll('CATEGORY', category);
        expect(await together(quick, csv)).toEqual(await oneByOne(patient.id, csv));
        expect(await goodsOf(quick.id)).toEqual(await goodsOf(patient.id));
      }
    }),
    { numRuns: 8 },
  );
}, 240_000);

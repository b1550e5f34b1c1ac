import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { brokenLevels } from './stock.story.ts';
import { seedFor } from './scale.story.ts';
import { startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;

const select = <Row>(sql: string) => graph.runtime.asSystem(({ em }) => em.execute<Row[]>(sql));

beforeAll(async () => {
  graph = await startCommerce();
});

afterAll(() => graph.stop());

const INDEXES = `select indexname from pg_indexes where schemaname = 'commerce' order by 1`;

test('A catalogue of any size keeps every rule, is made once, and is added to', async () => {
  const indexes = await select(INDEXES);
  expect(await seedFor(graph, 500)).toBe(500);
  const first = await select('select id, title, sold_count from product order by id');
  expect(await seedFor(graph, 500)).toBe(0);
  expect(await seedFor(graph, 800)).toBe(300);
  const kept = await select(`select id, title, sold_count from product
    where substring(slug from 9)::int <= 500 order by id`);
  expect(kept).toEqual(first);
  // All that made it slow is back.
  expect(await select(INDEXES)).toEqual(indexes);
  expect(await brokenLevels(graph)).toEqual([]);
  const wrong = await select(`select id from product where lowest_price is distinct from
      (select min(price) from product_variant where product_id = product.id and active)
    or currency <> (select currency from shop where shop.id = shop_id)
    or category_path <> (select path from category where category.id = category_id)`);
  expect(wrong).toEqual([]);
  // Nothing is checked while it is written, so every word has to be known beforehand.
  const unknown = await select(`select lexeme from product, unnest(search)
    where lexeme not in (select word from catalogue_word) limit 5`);
  expect(unknown).toEqual([]);
});

import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findPage } from '../../src/connections/find-page.ts';
import type { PageArguments } from '../../src/connections/page-window.ts';
import type { PageOrder } from '../../src/connections/sort-order.ts';
import { Article } from '../archive/article.entity.ts';
import { Archive } from '../archive/archive.ts';

const NEWEST_FIRST: PageOrder<Article> = { publishedAt: 'desc' };

let archive: Archive;

beforeAll(async () => {
  archive = await Archive.open();
});

afterAll(() => archive.close());

beforeEach(() => archive.empty());

const page = (args: PageArguments, orderBy = NEWEST_FIRST) => findPage(archive.em(), Article, { orderBy, args });

const titles = async (args: PageArguments, orderBy = NEWEST_FIRST) =>
  (await page(args, orderBy)).edges.map(({ node }) => node.title);

async function walk(orderBy: PageOrder<Article>, sizes: readonly number[], direction: 'forward' | 'backward') {
  const ids: string[] = [];
  let cursor: string | undefined;
  for (let step = 0; step < 100; step++) {
    const size = sizes[step % sizes.length]!;
    const args = direction === 'forward' ? { first: size, after: cursor } : { last: size, before: cursor };
    const { edges, pageInfo } = await page(args, orderBy);
    const found = edges.map(({ node }) => node.id);
    if (direction === 'forward') ids.push(...found);
    else ids.unshift(...found);
    const more = direction === 'forward' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage;
    if (!more) return ids;
    cursor = direction === 'forward' ? pageInfo.endCursor : pageInfo.startCursor;
  }
  throw new Error('The walk does not end.');
}

describe('walking a list page by page', () => {
  // Few different values and microseconds apart, so that nearly every page ends among equals.
  const article = fc.record({
    id: fc.uuid(),
    title: fc.oneof(
      fc.constantFrom('?', "it's ??", '\\?', '$1', 'É', 'e'),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    rating: fc.integer({ min: -1, max: 2 }),
    publishedAt: fc.integer({ min: 0, max: 4 }).map((micros) => `2026-03-01T12:00:00.00000${micros}Z`),
  });
  const sorts: [PageOrder<Article>, string][] = [
    [{ publishedAt: 'desc' }, 'published_at desc, id desc'],
    [{ rating: 'asc' }, 'rating, id'],
    [{ title: 'desc' }, 'title desc, id desc'],
    [{ rating: 'desc', title: 'asc' }, 'rating desc, title, id'],
    [{ title: 'asc', publishedAt: 'desc', rating: 'asc' }, 'title, published_at desc, rating, id'],
    [{ id: 'desc' }, 'id desc'],
  ];

  test.each(sorts)('sorted by %j, every row comes exactly once, in order, in both directions', async (orderBy, sql) => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(article, { selector: ({ id }) => id, maxLength: 25 }),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }),
        async (articles, sizes) => {
          const storable = articles.map((row) => ({ ...row, title: row.title.replaceAll('\0', '').toWellFormed() }));
          await archive.empty();
          await archive.shelve(storable);
          const { rows } = await archive.sql.query<{ id: string }>(`select id from article order by ${sql}`);
          const sorted = rows.map(({ id }) => id);
          expect(await walk(orderBy, sizes, 'forward')).toEqual(sorted);
          expect(await walk(orderBy, sizes, 'backward')).toEqual(sorted);
        },
      ),
      { numRuns: 10 },
    );
  });

  test('a row that appears in front of the page already read is not mistaken for a new one', async () => {
    await archive.shelve([
      { title: 'second', publishedAt: '2026-02-01T00:00:00Z' },
      { title: 'first', publishedAt: '2026-01-01T00:00:00Z' },
    ]);
    const { pageInfo } = await page({ first: 1 });
    await archive.shelve([{ title: 'third', publishedAt: '2026-03-01T00:00:00Z' }]);
    expect(await titles({ first: 5, after: pageInfo.endCursor })).toEqual(['first']);
    expect(await titles({ last: 5, before: pageInfo.endCursor })).toEqual(['third']);
  });

  test('after and before together bound the page on both sides', async () => {
    await archive.shelve([1, 2, 3, 4, 5].map((rating) => ({ rating, title: `rated ${rating}` })));
    const { edges } = await page({ first: 5 }, { rating: 'asc' });
    const between = { after: edges[0]!.cursor, before: edges[4]!.cursor };
    expect(await titles({ first: 2, ...between }, { rating: 'asc' })).toEqual(['rated 2', 'rated 3']);
    expect(await titles({ last: 2, ...between }, { rating: 'asc' })).toEqual(['rated 3', 'rated 4']);
  });
});

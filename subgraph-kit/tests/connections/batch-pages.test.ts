import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { batchPages } from '../../src/connections/batch-pages.ts';
import { findPage } from '../../src/connections/find-page.ts';
import { createPageLoader } from '../../src/connections/page.loader.ts';
import type { PageArguments } from '../../src/connections/page-window.ts';
import { Article } from '../archive/article.entity.ts';
import { Archive } from '../archive/archive.ts';

const NEWEST_FIRST = { publishedAt: 'desc' } as const;
const SHELVES = Array.from({ length: 50 }, () => randomUUID());

let archive: Archive;

beforeAll(async () => {
  archive = await Archive.open();
});

afterAll(() => archive.close());

beforeEach(async () => {
  await archive.empty();
  archive.forgetStatements();
});

const loadArticles = () =>
  createPageLoader<Article, PageArguments & { minRating?: number }>(archive.em(), Article, {
    partitionBy: 'shelfId',
    list: ({ minRating = 0 }) => ({ where: { rating: { $gte: minRating } }, orderBy: NEWEST_FIRST }),
  });

describe('the pages of many lists at once', () => {
  test('are the very pages that each list has alone, whichever way they are asked for', async () => {
    const article = fc.record({
      shelfId: fc.constantFrom(...SHELVES.slice(0, 4)),
      publishedAt: fc.integer({ min: 0, max: 3 }).map((micros) => `2026-03-01T12:00:00.00000${micros}Z`),
      rating: fc.integer({ min: 0, max: 2 }),
      withdrawn: fc.boolean(),
    });
    const args = fc.record({ size: fc.integer({ min: 1, max: 5 }), backward: fc.boolean(), from: fc.boolean() });
    const orderBy = fc.constantFrom(
      NEWEST_FIRST,
      { rating: 'asc' } as const,
      { rating: 'asc', publishedAt: 'desc' } as const,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(article, { maxLength: 30 }), args, orderBy, async (articles, ask, sort) => {
        await archive.empty();
        await archive.shelve(articles);
        const alone = (shelfId: string, page: PageArguments) =>
          findPage(archive.em(), Article, { where: { shelfId }, orderBy: sort, args: page });
        const middle = (await alone(SHELVES[0]!, { first: 2 })).pageInfo.endCursor;
        const cursor = ask.from ? middle : undefined;
        const page = ask.backward ? { last: ask.size, before: cursor } : { first: ask.size, after: cursor };
        const together = await batchPages(archive.em(), Article, {
          partitionBy: 'shelfId',
          keys: SHELVES.slice(0, 5),
          orderBy: sort,
          args: page,
        });
        for (const shelf of SHELVES.slice(0, 5)) {
          const [expected, actual] = [await alone(shelf, page), together.get(shelf)!];
          expect(actual.edges.map(({ node, cursor: place }) => [node.id, place])).toEqual(
            expected.edges.map(({ node, cursor: place }) => [node.id, place]),
          );
          expect(actual.pageInfo).toEqual(expected.pageInfo);
          expect(await actual.count()).toBe(await expected.count());
        }
      }),
      { numRuns: 25 },
    );
  });

  test.each([1, 2, 50])('cost one statement for %i lists, and one more for all their counts', async (lists) => {
    const shelves = SHELVES.slice(0, lists);
    await archive.shelve(shelves.flatMap((shelfId) => [{ shelfId }, { shelfId }, { shelfId }]));
    const articles = loadArticles();
    archive.forgetStatements();
    const pages = await Promise.all(shelves.map((shelf) => articles.load(shelf, { first: 2 })));
    expect(pages.map(({ edges }) => edges.length)).toEqual(shelves.map(() => 2));
    expect(archive.statements).toHaveLength(1);
    expect(await Promise.all(pages.map(({ count }) => count()))).toEqual(shelves.map(() => 3));
    expect(archive.statements).toHaveLength(2);
  });
});

describe('a page loader', () => {
  test('asks once for each way of asking', async () => {
    const [shelf, other] = SHELVES as [string, string];
    await archive.shelve([
      { shelfId: shelf, rating: 1, title: 'good' },
      { shelfId: shelf, rating: 5, title: 'great' },
      { shelfId: other, rating: 5, title: 'also great' },
    ]);
    const articles = loadArticles();
    archive.forgetStatements();
    const [all, again, best, elsewhere] = await Promise.all([
      articles.load(shelf, {}),
      articles.load(shelf, {}),
      articles.load(shelf, { minRating: 5 }),
      articles.load(other, { minRating: 5 }),
    ]);
    expect(archive.statements).toHaveLength(2);
    expect(again).toBe(all);
    expect(all.edges).toHaveLength(2);
    expect(best.edges.map(({ node }) => node.title)).toEqual(['great']);
    expect(elsewhere.edges.map(({ node }) => node.title)).toEqual(['also great']);
    expect(await best.count()).toBe(1);
  });

  test('refuses wrong arguments without failing the fields beside them', async () => {
    const shelf = SHELVES[0]!;
    await archive.shelve([{ shelfId: shelf }]);
    const articles = loadArticles();
    const [wrong, right] = await Promise.allSettled([
      articles.load(shelf, { first: 1000 }),
      articles.load(shelf, { first: 10 }),
    ]);
    expect(wrong).toMatchObject({ status: 'rejected', reason: { code: 'BAD_USER_INPUT' } });
    expect(right).toMatchObject({ status: 'fulfilled', value: { edges: { length: 1 } } });
  });

  test('has an empty page for a parent without rows, and for an id that cannot be one', async () => {
    await archive.shelve([{ shelfId: SHELVES[0]! }]);
    const articles = loadArticles();
    const [found, none, impossible] = await Promise.all([
      articles.load(SHELVES[0]!, {}),
      articles.load(SHELVES[1]!, {}),
      articles.load('not-a-uuid', {}),
    ]);
    expect(found.edges).toHaveLength(1);
    for (const page of [none, impossible]) {
      expect(page.edges).toEqual([]);
      expect(page.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
      expect(await page.count()).toBe(0);
    }
  });
});

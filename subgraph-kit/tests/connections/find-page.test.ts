import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { raw } from '@mikro-orm/postgresql';
import { encodeCursor } from '../../src/connections/cursor.ts';
import { findPage } from '../../src/connections/find-page.ts';
import type { PageArguments } from '../../src/connections/page-window.ts';
import { type PageOrder, SortOrder } from '../../src/connections/sort-order.ts';
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

describe('a page', () => {
  test('says where it stands', async () => {
    await archive.shelve([1, 2, 3].map((rating) => ({ rating })));
    const first = await page({ first: 2 }, { rating: 'asc' });
    expect(first.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: first.edges[0]!.cursor,
      endCursor: first.edges[1]!.cursor,
    });
    const second = await page({ first: 2, after: first.pageInfo.endCursor }, { rating: 'asc' });
    expect(second.edges.map(({ node }) => node.rating)).toEqual([3]);
    expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  test('is empty, without cursors, where the list is', async () => {
    const { edges, pageInfo, count } = await page({});
    expect(edges).toEqual([]);
    expect(pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: undefined,
      endCursor: undefined,
    });
    expect(await count()).toBe(0);
  });

  test('holds entities that the entity manager knows', async () => {
    await archive.shelve([{ title: 'Dune', publishedAt: '2026-01-01T10:00:00.123456Z' }]);
    const em = archive.em();
    const { edges } = await findPage(em, Article, { orderBy: NEWEST_FIRST, args: {} });
    const dune = edges[0]!.node;
    expect(dune).toBeInstanceOf(Article);
    expect(dune.publishedAt).toEqual(new Date('2026-01-01T10:00:00.123Z'));
    expect(Object.keys(dune)).not.toContain('page_cursor');
    expect(await em.findOne(Article, dune.id)).toBe(dune);
    archive.forgetStatements();
    await em.flush();
    expect(archive.statements).toEqual([]);
  });

  test('keeps the filters of its entity, and so does its count', async () => {
    await archive.shelve([{ title: 'here' }, { title: 'gone', withdrawn: true }]);
    const { edges, count } = await page({});
    expect(edges.map(({ node }) => node.title)).toEqual(['here']);
    expect(await count()).toBe(1);
  });

  test('costs one statement, and one more however often its count is asked for', async () => {
    await archive.shelve([1, 2, 3].map((rating) => ({ rating })));
    archive.forgetStatements();
    const { count } = await findPage(archive.em(), Article, {
      where: { rating: { $gte: 2 } },
      orderBy: NEWEST_FIRST,
      args: { first: 1 },
    });
    expect(archive.statements).toHaveLength(1);
    expect(await Promise.all([count(), count()])).toEqual([2, 2]);
    expect(archive.statements).toHaveLength(2);
  });

  test('may be chosen by SQL, whose values are bound and never read as SQL', async () => {
    await archive.shelve(["what's ??", 'what?', 'why'].map((title) => ({ title })));
    const orderBy: PageOrder<Article> = { title: 'asc' };
    const asking = async (text: string, after?: string) =>
      findPage(archive.em(), Article, {
        where: { [raw('e.title like ?', [text])]: [] },
        orderBy,
        args: { first: 1, after },
      });
    const first = await asking('%?');
    const rest = await asking('%?', first.pageInfo.endCursor);
    expect([first, rest].flatMap(({ edges }) => edges.map(({ node }) => node.title)).sort()).toEqual([
      "what's ??",
      'what?',
    ]);
    expect(await rest.count()).toBe(2);
  });

  test('has 20 edges unless told otherwise', async () => {
    await archive.shelve(Array.from({ length: 25 }, () => ({})));
    expect((await page({})).edges).toHaveLength(20);
    expect((await page({ first: null, last: null })).edges).toHaveLength(20);
  });
});

describe('a cursor is refused', () => {
  const refusal = (path: string) => ({
    extensions: { code: 'BAD_USER_INPUT', fields: [{ path, message: `${path} is not a cursor of this list.` }] },
  });
  const forged = (...values: string[]) =>
    encodeCursor(new SortOrder(archive.em(), Article, NEWEST_FIRST).fingerprint, values);

  test.each([
    ['empty', ''],
    ['not base64', '%%%'],
    ['not JSON', 'nonsense'],
    ['JSON of another shape', Buffer.from('{"a":1}').toString('base64url')],
    ['very long', 'x'.repeat(50_000)],
  ])('when it is %s', async (_, cursor) => {
    await expect(page({ after: cursor })).rejects.toMatchObject(refusal('after'));
    await expect(page({ before: cursor })).rejects.toMatchObject(refusal('before'));
  });

  test('when it belongs to a list that is sorted otherwise', async () => {
    await archive.shelve([{}]);
    const { pageInfo } = await page({}, { rating: 'asc' });
    await expect(page({ after: pageInfo.endCursor })).rejects.toMatchObject(refusal('after'));
    await expect(page({ after: pageInfo.endCursor }, { rating: 'desc' })).rejects.toMatchObject(refusal('after'));
  });

  test('when its values are not of the columns, or too many, or cut the statement short', async () => {
    const id = '00000000-0000-0000-0000-000000000000';
    await expect(page({ after: forged('once upon a time', id) })).rejects.toMatchObject(refusal('after'));
    await expect(page({ after: forged('2026-01-01', 'not-an-id') })).rejects.toMatchObject(refusal('after'));
    await expect(page({ after: forged('2026-01-01', id, id) })).rejects.toMatchObject(refusal('after'));
    await expect(page({ after: forged('2026-01-01\0', id) })).rejects.toMatchObject(refusal('after'));
  });
});

test('a sort that could lose rows is refused when it is written, not when data comes', async () => {
  await expect(page({}, { subtitle: 'asc' })).rejects.toThrow('Article.subtitle: it can be null');
  await expect(page({}, { colour: 'asc' } as PageOrder<Article>)).rejects.toThrow('Article.colour: it is not a column');
});

import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { batchPages, type PageBatch } from '../../src/connections/batch-pages.ts';
import { findPage } from '../../src/connections/find-page.ts';
import { Article } from '../archive/article.entity.ts';
import { Archive } from '../archive/archive.ts';

const NEWEST_FIRST = { publishedAt: 'desc' } as const;
const SHELVES = Array.from({ length: 50 }, () => randomUUID());
const [SHELF, OTHER] = SHELVES as [string, string];

let archive: Archive;

beforeAll(async () => {
  archive = await Archive.open();
});

afterAll(() => archive.close());

beforeEach(() => archive.empty());

describe('the statement behind many pages', () => {
  test('reads no more of the index than the pages hold, and one row each, however long the lists are', async () => {
    await archive.sql.query(
      `insert into article (id, shelf_id, title, rating, published_at)
       select gen_random_uuid(), shelf, 'Untitled', 0, timestamptz '2026-01-01' + number * interval '1 minute'
       from unnest($1::uuid[]) as shelf, generate_series(1, 400) as number`,
      [SHELVES],
    );
    await archive.sql.query('analyze article');
    const { edges } = await findPage(archive.em(), Article, {
      where: { shelfId: SHELF },
      orderBy: NEWEST_FIRST,
      args: { first: 100 },
    });
    for (const args of [{ first: 10 }, { last: 10 }, { first: 10, after: edges.at(-1)!.cursor }]) {
      const scans = scansOf(await planOf({ partitionBy: 'shelfId', keys: SHELVES, orderBy: NEWEST_FIRST, args }));
      expect(scans).toEqual([{ node: 'Index Scan', index: 'article_shelf', rows: SHELVES.length * 11 }]);
    }
  });

  test('reads a list once, however its key is written', async () => {
    await archive.shelve([{ shelfId: SHELF }, { shelfId: SHELF }, { shelfId: OTHER }]);
    const keys = [SHELF, SHELF.toUpperCase(), OTHER];
    const batch: PageBatch<Article> = { partitionBy: 'shelfId', keys, orderBy: NEWEST_FIRST, args: {} };
    const pages = await batchPages(archive.em(), Article, batch);
    expect(keys.map((key) => pages.get(key)!.edges.length)).toEqual([2, 2, 1]);
  });
});

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly PlanNode[];
}

/** How the database goes about these pages. */
async function planOf(batch: PageBatch<Article>): Promise<PlanNode> {
  const em = archive.em();
  const plans: PlanNode[] = [];
  jest.spyOn(em, 'execute').mockImplementation(async (sql, params) => {
    type Explained = { 'QUERY PLAN': [{ Plan: PlanNode }] }[];
    const [row] = await archive.em().execute<Explained>(`explain (analyze, format json) ${sql as string}`, params);
    plans.push(row!['QUERY PLAN'][0].Plan);
    return [] as never;
  });
  await batchPages(em, Article, batch);
  expect(plans).toHaveLength(1);
  return plans[0]!;
}

/** Every way in which a plan gets at rows of the table. */
function scansOf(node: PlanNode): { node: string; index: string | undefined; rows: number }[] {
  const below = (node.Plans ?? []).flatMap(scansOf);
  if (node['Relation Name'] !== 'article') return below;
  const rows = Math.round(node['Actual Rows'] * node['Actual Loops']);
  return [{ node: node['Node Type'], index: node['Index Name'], rows }, ...below];
}

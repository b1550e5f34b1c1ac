import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntityManager } from '@mikro-orm/postgresql';
import { applyTenant, createOrm, Session, withRowScope } from '@supergraph/subgraph-kit';
import { createSubgraphDatabase, type TestDatabase } from '@supergraph/testkit';
import pg from 'pg';
import { library } from '../library/library.subgraph.ts';
import { Shelf } from '../library/shelf.entity.ts';

const ours = '0198c0de-0000-7000-8000-00000000000a';
const theirs = '0198c0de-0000-7000-8000-00000000000b';
const [ourShelf, theirShelf, nobodysShelf] = [1, 2, 3].map((number) => `0198c0de-0000-7000-8000-00000000010${number}`);

const sessionIn = (org?: string) =>
  Session.fromClaims({ sub: ours, ...(org && { org }), roles: [], scope: '', iat: 0, exp: 0 });

let database: TestDatabase;
let orm: Awaited<ReturnType<typeof createOrm>>;

beforeAll(async () => {
  database = await createSubgraphDatabase([library]);
  orm = await createOrm({ subgraph: 'library', url: database.url, entities: [...library.entities] });
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  await admin.query('alter table library.shelf alter organization_id drop not null');
  await admin.query(
    `insert into library.shelf (id, organization_id, name) values ($1, $2, 'Novels'), ($3, $4, 'Secrets'), ($5, null, 'Lost')`,
    [ourShelf, ours, theirShelf, theirs, nobodysShelf],
  );
  await admin.end();
});

afterAll(async () => {
  await orm?.close();
  await database?.drop();
});

/** With every row in the database's reach, so that only the filter stands between. */
const as = <Result>(session: Session, run: (em: EntityManager) => Promise<Result>): Promise<Result> =>
  withRowScope(Session.system(), () => run(applyTenant(orm.em.fork(), session)));

describe('the tenant filter', () => {
  it('holds for every way to read and write', async () => {
    await as(sessionIn(ours), async (em) => {
      expect((await em.find(Shelf, {})).map(({ id }) => id)).toEqual([ourShelf]);
      expect(await em.count(Shelf, {})).toBe(1);
      expect(await em.findOne(Shelf, { id: theirShelf! })).toBeNull();
      expect(await em.fork().findOne(Shelf, { id: theirShelf! })).toBeNull();
      expect(await em.nativeUpdate(Shelf, { id: theirShelf! }, { name: 'Stolen' })).toBe(0);
      expect(await em.nativeDelete(Shelf, { id: theirShelf! })).toBe(0);
      expect(await em.transactional((inner) => inner.findOne(Shelf, { id: theirShelf! }))).toBeNull();
    });
  });

  it('shows nothing to whoever acts for no organization, not even what belongs to none', async () => {
    for (const session of [sessionIn(), Session.anonymous]) {
      await as(session, async (em) => expect(await em.find(Shelf, {})).toEqual([]));
    }
  });

  it('shows the system everything', async () => {
    await as(Session.system(), async (em) => expect(await em.count(Shelf, {})).toBe(3));
    await as(Session.system(ours), async (em) => expect(await em.count(Shelf, {})).toBe(3));
  });

  it('lets nobody read who was not introduced', async () => {
    const stranger = withRowScope(Session.system(), () => orm.em.fork().find(Shelf, {}));
    await expect(stranger).rejects.toThrow(`No arguments provided for filter 'tenant'`);
  });
});

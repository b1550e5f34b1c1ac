import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createOrm, Session, withRowScope } from '@supergraph/subgraph-kit';
import { createSubgraphDatabase, type TestDatabase } from '@supergraph/testkit';
import { library } from '../library/library.subgraph.ts';

type Orm = Awaited<ReturnType<typeof createOrm>>;

const userNumber = (number: number) => `0198c0de-0000-7000-8000-${String(number).padStart(12, '0')}`;

const sessionOf = (sub: string, org?: string) =>
  Session.fromClaims({ sub, sid: userNumber(9), ...(org && { org }), roles: [], scope: '', iat: 0, exp: 0 });

let database: TestDatabase;
let orm: Orm;

beforeAll(async () => {
  database = await createSubgraphDatabase([library]);
  orm = await createOrm({ subgraph: 'library', url: database.url, entities: [...library.entities], poolSize: 3 });
});

afterAll(async () => {
  await orm?.close();
  await database?.drop();
});

const WHO = `select current_setting('supergraph.user_id', true) as user, current_setting('supergraph.organization_id', true) as organization,
  current_setting('supergraph.system', true) as system, pg_sleep(0.002)`;

async function whoAmI(em = orm.em.fork()): Promise<{ user: string; organization: string; system: string }> {
  const [row] = await em.execute<[{ user: string; organization: string; system: string }]>(WHO);
  const { user, organization, system } = row!;
  return { user: user ?? '', organization: organization ?? '', system: system ?? '' };
}

describe('a pooled connection', () => {
  it('serves each of many callers as themselves, however few connections there are', async () => {
    const callers = Array.from({ length: 50 }, (_, number) => ({
      user: userNumber(number),
      organization: number % 3 ? userNumber(1_000 + number) : '',
      system: '',
    }));
    const answers = callers.map(({ user, organization }) =>
      withRowScope(sessionOf(user, organization || undefined), async () => {
        const seen = [await whoAmI(), await whoAmI()];
        const em = orm.em.fork();
        // A failure, and a transaction that is undone, on the way.
        await em.execute('select 1 / 0').catch(() => {});
        await em.begin();
        seen.push(await whoAmI(em));
        await em.rollback();
        return [...seen, await whoAmI()];
      }),
    );
    const asSystem = withRowScope(Session.system(), () => whoAmI());
    expect(await Promise.all(answers)).toEqual(callers.map((caller) => [caller, caller, caller, caller]));
    expect((await asSystem).system).toBe('on');
  });

  it('serves whoever has opened no scope as nobody', async () => {
    for (let turn = 0; turn < 3; turn += 1) await withRowScope(Session.system(), () => whoAmI());
    expect(await whoAmI()).toEqual({ user: '', organization: '', system: '' });
  });

  it('in a transaction keeps the scope that the transaction was begun in', async () => {
    const em = orm.em.fork();
    await withRowScope(sessionOf(userNumber(1)), () => em.begin());
    expect((await withRowScope(Session.system(), () => whoAmI(em))).system).toBe('');
    await em.rollback();
  });

  it('is not lost when it cannot be told whom it serves', async () => {
    // PostgreSQL takes no zero byte in a setting.
    const untellable = sessionOf('\0');
    for (let turn = 0; turn < 6; turn += 1) {
      await expect(withRowScope(untellable, () => whoAmI())).rejects.toThrow('invalid byte sequence');
    }
    expect(await withRowScope(sessionOf(userNumber(2)), () => whoAmI())).toMatchObject({ user: userNumber(2) });
  });
});

describe('a transaction', () => {
  it('in which a statement failed never passes for committed', async () => {
    const em = orm.em.fork();
    await em.begin();
    await em.execute('select 1 / 0').catch(() => {});
    await expect(em.commit()).rejects.toThrow('nothing of it was committed');
    await em.rollback();
    expect(await em.execute('select 1 as one')).toEqual([{ one: 1 }]);
  });
});

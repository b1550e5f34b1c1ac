import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { idempotent } from '../../src/idempotency/idempotent.ts';
import { purgeIdempotencyKeys } from '../../src/idempotency/purge-idempotency-keys.ts';
import { Session } from '../../src/session/session.ts';
import { Archive, person } from '../archive/archive.ts';
import { Article } from '../archive/article.entity.ts';

let archive: Archive;

beforeAll(async () => {
  archive = await Archive.open();
});

afterAll(() => archive.close());

beforeEach(() => archive.empty());

const ada = person();

interface Order {
  readonly title: string;
  readonly copies?: number;
}

/** What is repeated throughout: an article is filed, and its id is the result. */
function file(session: Session, key: string, input: Order, operation = 'fileArticle') {
  const work = archive.work(session);
  return idempotent(work, { operation, key, input }, async () => {
    const id = randomUUID();
    const filed = { shelfId: randomUUID(), rating: 0, publishedAt: work.now(), withdrawn: false };
    work.em.persist(work.em.create(Article, { id, title: input.title, ...filed }));
    return { id, filedAt: work.now() as unknown };
  });
}

const filed = async () =>
  (await archive.sql.query('select title from article order by title')).rows.map((row) => row.title);

const keptKeys = async () =>
  (await archive.sql.query('select key from idempotency_key order by key')).rows.map((row) => row.key);

describe('the same call again', () => {
  test('has one effect and the first result', async () => {
    const first = await file(ada, 'one', { title: 'Dune' });
    expect(await file(ada, 'one', { title: 'Dune' })).toEqual(first);
    expect(await filed()).toEqual(['Dune']);
    expect(first.filedAt).toBe(archive.clock.now().toISOString());
  });

  test('has one effect and one result when a hundred come at once', async () => {
    const results = await Promise.all(Array.from({ length: 100 }, () => file(ada, 'one', { title: 'Dune' })));
    expect(new Set(results.map(({ id }) => id)).size).toBe(1);
    expect(await filed()).toEqual(['Dune']);
  });

  test('is recognised whatever the order of its fields', async () => {
    const first = await file(ada, 'one', { title: 'Dune', copies: 2 });
    expect(await file(ada, 'one', { copies: 2, title: 'Dune' })).toEqual(first);
  });

  test.each([null, false, 0, '', 'text', ['a', { b: null }]])('gives back %j as it was', async (result) => {
    const call = { operation: 'echo', key: JSON.stringify(result), input: {} };
    const run = async () => result;
    expect(await idempotent(archive.work(ada), call, run)).toEqual(result);
    const again = idempotent(archive.work(ada), call, () => Promise.reject(new Error('ran twice')));
    expect(await again).toEqual(result);
  });
});

describe('a key', () => {
  test('cannot be used with another input, and the first result stands', async () => {
    const first = await file(ada, 'one', { title: 'Dune' });
    const conflict = { extensions: { code: 'IDEMPOTENCY_CONFLICT' } };
    await expect(file(ada, 'one', { title: 'Emma' })).rejects.toMatchObject(conflict);
    await expect(file(ada, 'one', { title: 'Dune', copies: 2 })).rejects.toMatchObject(conflict);
    expect(await file(ada, 'one', { title: 'Dune' })).toEqual(first);
    expect(await filed()).toEqual(['Dune']);
  });

  test('belongs to its caller, to the organization they act for, and to one operation', async () => {
    const [shop, agency] = [randomUUID(), randomUUID()];
    const callers = [ada, person(), person(ada.userId, shop), person(ada.userId, agency), Session.system(shop)];
    const results = await Promise.all(callers.map((caller) => file(caller, 'one', { title: 'Dune' })));
    const elsewhere = await file(ada, 'one', { title: 'Dune' }, 'reprintArticle');
    expect(new Set([...results, elsewhere].map(({ id }) => id)).size).toBe(callers.length + 1);
  });

  test('needs a caller to belong to', async () => {
    await expect(file(Session.anonymous, 'one', { title: 'Dune' })).rejects.toMatchObject({
      extensions: { code: 'UNAUTHENTICATED' },
    });
  });

  test.each([
    ['empty', ''],
    ['too long', 'x'.repeat(129)],
    ['not printable', 'a\nb'],
    ['not plain', 'schlüssel'],
  ])('is refused when it is %s', async (_, key) => {
    await expect(file(ada, key, { title: 'Dune' })).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', fields: [{ path: 'idempotencyKey' }] },
    });
    expect(await filed()).toEqual([]);
  });

  test('may be as long as 128 characters', async () => {
    await file(ada, '~'.repeat(128), { title: 'Dune' });
    expect(await filed()).toEqual(['Dune']);
  });
});

describe('a call that fails', () => {
  const fail = () =>
    idempotent(archive.work(ada), { operation: 'fileArticle', key: 'one', input: { title: 'Dune' } }, async () => {
      throw new Error('the shelf broke');
    });

  test('keeps nothing, so that the key can be tried again', async () => {
    await expect(fail()).rejects.toThrow('the shelf broke');
    expect(await keptKeys()).toEqual([]);
    await file(ada, 'one', { title: 'Dune' });
    expect(await filed()).toEqual(['Dune']);
  });

  test('leaves its place to one of those that waited for it', async () => {
    const arrived = Promise.withResolvers<void>();
    const breaks = Promise.withResolvers<never>();
    const call = { operation: 'fileArticle', key: 'one', input: { title: 'Dune' } };
    const first = idempotent(archive.work(ada), call, () => {
      arrived.resolve();
      return breaks.promise;
    });
    await arrived.promise;
    const waiting = [file(ada, 'one', { title: 'Dune' }), file(ada, 'one', { title: 'Dune' })];
    breaks.reject(new Error('the shelf broke'));
    await expect(first).rejects.toThrow('the shelf broke');
    const [one, other] = await Promise.all(waiting);
    expect(one).toEqual(other);
    expect(await filed()).toEqual(['Dune']);
  });

  test('keeps nothing either when only the commit of its effect fails', async () => {
    const id = randomUUID();
    await archive.shelve([{ id, title: 'Emma' }]);
    const work = archive.work(ada);
    const clash = idempotent(work, { operation: 'fileArticle', key: 'one', input: {} }, async () => {
      const article = {
        id,
        title: 'Dune',
        shelfId: randomUUID(),
        rating: 0,
        publishedAt: work.now(),
        withdrawn: false,
      };
      work.em.persist(work.em.create(Article, article));
      return id;
    });
    await expect(clash).rejects.toThrow('duplicate key');
    expect(await keptKeys()).toEqual([]);
    expect(await filed()).toEqual(['Emma']);
  });
});

describe('keys that are old', () => {
  test('are forgotten after a week, younger ones kept', async () => {
    await file(ada, 'old', { title: 'Dune' });
    archive.clock.advance({ days: 7, seconds: 1 });
    await file(ada, 'young', { title: 'Emma' });
    expect(await purgeIdempotencyKeys(archive.em(), archive.clock.now())).toBe(1);
    expect(await keptKeys()).toEqual(['young']);
  });

  test('are never forgotten within a day', async () => {
    await expect(purgeIdempotencyKeys(archive.em(), archive.clock.now(), 0.5)).rejects.toThrow('at least a day');
  });
});

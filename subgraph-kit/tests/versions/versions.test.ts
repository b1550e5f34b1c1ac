import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createGraphContext } from '../../src/context/graph-context.ts';
import type { Work } from '../../src/work/work.ts';
import { checkVersion } from '../../src/versions/check-version.ts';
import { lostRace } from '../../src/versions/lost-race.ts';
import { Archive, person } from '../archive/archive.ts';
import { Article } from '../archive/article.entity.ts';

let archive: Archive;

beforeAll(async () => {
  archive = await Archive.open();
});

afterAll(() => archive.close());

/** As an editor does it: what they read, and which version they take it for. */
async function retitle(id: string, title: string, expected: number, meanwhile = async () => {}): Promise<number> {
  const em = archive.em();
  const article = await em.findOneOrFail(Article, { id });
  checkVersion('Article', article, expected);
  article.title = title;
  await meanwhile();
  try {
    await em.flush();
  } catch (error) {
    throw await lostRace(em, error);
  }
  return article.version;
}

async function shelveOne(): Promise<string> {
  const id = randomUUID();
  await archive.shelve([{ id, title: 'Dune' }]);
  return id;
}

describe('an edit', () => {
  test('counts the version up', async () => {
    const id = await shelveOne();
    expect(await retitle(id, 'Dune Messiah', 1)).toBe(2);
    expect(await retitle(id, 'Children of Dune', 2)).toBe(3);
  });

  test('of an older version is refused, and learns which one there is', async () => {
    const id = await shelveOne();
    await retitle(id, 'Dune Messiah', 1);
    await expect(retitle(id, 'Emma', 1)).rejects.toMatchObject({
      message: 'Article was changed by someone else. Read it again.',
      extensions: { code: 'VERSION_CONFLICT', currentVersion: 2 },
    });
    expect((await archive.em().findOneOrFail(Article, { id })).title).toBe('Dune Messiah');
  });

  test('that loses a race is told the same', async () => {
    const id = await shelveOne();
    const race = retitle(id, 'Emma', 1, async () => void (await retitle(id, 'Dune Messiah', 1)));
    await expect(race).rejects.toMatchObject({ extensions: { code: 'VERSION_CONFLICT', currentVersion: 2 } });
    expect((await archive.em().findOneOrFail(Article, { id })).title).toBe('Dune Messiah');
  });

  test('of what was deleted meanwhile has no current version', async () => {
    const id = await shelveOne();
    const race = retitle(id, 'Emma', 1, async () => void (await archive.sql.query('delete from article')));
    await expect(race).rejects.toMatchObject({ extensions: { code: 'VERSION_CONFLICT', currentVersion: undefined } });
  });
});

test('a use-case that loses a race need not know of it', async () => {
  const id = await shelveOne();
  const session = person();
  const { useCases } = createGraphContext(archive.work(session), {
    loaders: () => ({}),
    openEntityManager: () => archive.em(),
    openWork: () => archive.work(session),
    useCases: {
      retitleArticle: async (work: Work, title: string) => {
        const article = await work.em.findOneOrFail(Article, { id });
        article.title = title;
        await retitle(id, 'Dune Messiah', 1);
      },
    },
  });
  await expect(useCases.retitleArticle('Emma')).rejects.toMatchObject({
    extensions: { code: 'VERSION_CONFLICT', currentVersion: 2 },
  });
});

test('any other error stays what it is', async () => {
  const error = new Error('the shelf broke');
  expect(await lostRace(archive.em(), error)).toBe(error);
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Desk, type Letter, openDesk } from './desk.ts';
import { operator, READ, WRITE } from './story.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});

afterAll(() => desk.stop());

describe('everybody else', () => {
  let id: string;

  beforeAll(async () => {
    await desk.failToSend(['private']);
    [{ id }] = (await desk.letters()) as [Letter];
  });

  afterAll(() => desk.clear());

  const ids = '"01990000-0000-7000-8000-000000000001"';
  const queries = [
    '{ deadLetters { totalCount } }',
    '{ deadLetterSummary { waitingCount } }',
    `{ deadLetter(id: ${ids}) { id } }`,
  ];
  const mutations = [
    'mutation { retryDeadLetters(input: { filter: {} }) { changedCount } }',
    'mutation { discardDeadLetters(input: { filter: {}, reason: "x" }) { changedCount } }',
    `mutation { restoreDeadLetters(input: { ids: [${ids}] }) { changedCount } }`,
  ];

  const codes = async (document: string, as?: Parameters<Desk['query']>[1]) =>
    (await desk.query(document, as)).errors.map(({ extensions }) => extensions.code);

  test.each([...queries, ...mutations])('gets nothing: %s', async (document) => {
    expect(await codes(document)).toEqual(['UNAUTHENTICATED']);
    expect(await codes(document, operator('platform:operate', 'platform:audit.read'))).toEqual(['FORBIDDEN']);
    expect(await codes(document, { ...operator(READ, WRITE), sid: undefined })).toEqual(['FORBIDDEN']);
  });

  test.each(mutations)('who may only read changes nothing: %s', async (document) => {
    expect(await codes(document, desk.reader)).toEqual(['FORBIDDEN']);
  });

  test('finds nothing by reference either, and costs as much to refuse as to answer', async () => {
    expect(await desk.entities([id], 'id consumer', desk.reader)).toEqual([{ id, consumer: 'workshop/send-receipt' }]);
    for (const stranger of [operator(), { ...operator(READ), sid: undefined }]) {
      expect(await desk.entities([id, randomUUID()], 'id', stranger)).toEqual([null, null]);
    }
    expect((await desk.letters()).map((letter) => letter.id)).toEqual([id]);
  });
});

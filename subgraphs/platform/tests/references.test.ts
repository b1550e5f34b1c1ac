import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { operator, PAYLOAD, READ, startPlatform, type TestPlatform } from './story.ts';

let graph: TestPlatform;
let ids: string[];
const reader = operator(READ, PAYLOAD);

beforeAll(async () => {
  graph = await startPlatform();
  await graph.failToSend(Array.from({ length: 20 }, (_, index) => `order ${index}`));
  ids = (await graph.data('{ deadLetters(first: 20) { edges { node { id } } } }', reader)).deadLetters.edges.map(
    (edge: { node: { id: string } }) => edge.node.id,
  );
});

afterAll(() => graph.stop());

test('References to a dead letter cost as many statements for 20 as for 2, and keep their order', async () => {
  const selection = 'id data actions { decision }';
  const two = await graph.sql.during(() => graph.entities(ids.slice(0, 2), selection, reader));
  let found: (Record<string, any> | null)[] = [];
  const shuffled = [...ids].reverse();
  const twenty = await graph.sql.during(async () => {
    found = await graph.entities(shuffled, selection, reader);
  });
  expect([two, twenty]).toEqual([3, 3]);
  expect(found.map((letter) => letter?.id)).toEqual(shuffled);
});

test('References to a dead letter may repeat, and are null where there is nothing', async () => {
  const [first] = ids as [string];
  const found = await graph.entities([first, randomUUID(), first, 'not-an-id'], 'id', reader);
  expect(found.map((letter) => letter?.id)).toEqual([first, undefined, first, undefined]);
});

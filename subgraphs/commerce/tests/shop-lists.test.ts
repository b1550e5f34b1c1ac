import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openShop, registerShop } from './shop.story.ts';
import { seller, staff, startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
const owner = seller();
const names = ['Cardamom', 'Anise', 'Dill', 'Basil'];
let ids: string[];
let pending: string;

beforeAll(async () => {
  graph = await startCommerce();
  ids = [];
  for (const name of names) {
    ids.push((await openShop(graph, owner, { name })).id);
    graph.clock.advance({ seconds: 1 });
  }
  pending = (await registerShop(graph, owner, { name: 'Saffron', currency: 'EUR' })).id;
});

afterAll(() => graph.stop());

const namesOf = (connection: { edges: { node: { name: string } }[] }) => connection.edges.map(({ node }) => node.name);

test('Everybody pages through the open shops, in either order', async () => {
  const newest = await graph.data('{ shops { totalCount edges { node { name } } } }');
  expect(newest['shops'].totalCount).toBe(4);
  expect(namesOf(newest['shops'])).toEqual(names.toReversed());
  const list =
    'query ($after: String) { shops(first: 3, after: $after, sort: NAME_ASC) { edges { node { name } } pageInfo { endCursor hasNextPage } } }';
  const first = (await graph.data(list))['shops'];
  expect(namesOf(first)).toEqual(['Anise', 'Basil', 'Cardamom']);
  expect(namesOf((await graph.data(list, undefined, { after: first.pageInfo.endCursor }))['shops'])).toEqual(['Dill']);
});

test('Only staff lists shops that are not open', async () => {
  const waiting = '{ shops(filter: { state: PENDING_APPROVAL, currency: "EUR" }) { edges { node { name } } } }';
  expect(await graph.codes(waiting)).toEqual(['UNAUTHENTICATED']);
  expect(await graph.codes(waiting, owner)).toEqual(['FORBIDDEN']);
  expect(namesOf((await graph.data(waiting, staff()))['shops'])).toEqual(['Saffron']);
});

test('An organization’s own people list all of its shops, and nobody else does', async () => {
  const list = async (as: ReturnType<typeof seller>) =>
    await graph.query(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Organization { shops { edges { node { name } } } } } }',
      as,
      { r: [{ __typename: 'Organization', id: owner.org }] },
    );
  const { data } = await list(owner);
  expect(namesOf(data['_entities'][0].shops)).toEqual(['Saffron', ...names.toReversed()]);
  for (const other of [seller(), { ...owner, scope: '' }]) {
    expect((await list(other)).errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  }
});

test('References cost the same for 4 as for 2, keep their order, and are null for what cannot be seen', async () => {
  const few = await graph.sql.during(() =>
    graph.entities('Shop', ids.slice(0, 2), 'id name verification { state }', owner),
  );
  let found: (Record<string, any> | null)[] = [];
  const more = await graph.sql.during(async () => {
    found = await graph.entities('Shop', [pending, ...ids], 'id name verification { state }', owner);
  });
  expect(more).toBe(few);
  expect(found.map((shop) => shop?.['id'])).toEqual([pending, ...ids]);
  expect(await graph.entities('Shop', [pending, ids[0]!, randomUUID(), 'no id'], 'id', seller())).toEqual([
    null,
    { id: ids[0] },
    null,
    null,
  ]);
});

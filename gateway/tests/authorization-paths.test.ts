import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ENGINE_NAMES } from '../src/graph/live-graph.ts';
import { MACHINE, Museum, NOBODY, refusalsIn, SOMEBODY } from './support/museum.ts';

describe.each(ENGINE_NAMES)('In front of the %s engine authorization holds through', (engine) => {
  let museum: Museum;

  beforeAll(() => {
    museum = new Museum(engine);
  });

  afterEach(() => museum.forget());

  const asked = () => museum.calls.map(({ query }) => query).join('\n');

  it('aliases', async () => {
    const told = await museum.ask('{ paintings { a: price title: price b: title } }', NOBODY);
    expect(told.data.paintings[0]).toEqual({ a: null, title: null, b: 'Dawn' });
  });

  it('fragments in fragments, used more than once', async () => {
    const told = await museum.ask(
      `{ paintings { ...A } exhibit(id: "p1") { ... { ...A } } }
       fragment A on Painting { id ...B painter { ...C } }
       fragment B on Exhibit { price ... on Painting { cost: price } }
       fragment C on Person { name email }`,
      NOBODY,
    );
    const painting = { id: 'p1', price: null, cost: null, painter: { name: 'Ann', email: null } };
    expect(told.data).toEqual({ paintings: [painting, null, painting], exhibit: painting });
    expect(refusalsIn(told)).toHaveLength(9);
    expect(asked()).not.toMatch(/price|email/);
  });

  it('interfaces, each object by its own type', async () => {
    const told = await museum.ask('{ exhibits { __typename title price } }', NOBODY);
    expect(told.data.exhibits).toEqual([
      { __typename: 'Painting', title: 'Dawn', price: null },
      { __typename: 'Statue', title: 'Horse', price: 200 },
      { __typename: 'Relic', title: null, price: null },
    ]);
    expect(refusalsIn(told)).toEqual(
      ['exhibits.0.price', 'exhibits.2.title', 'exhibits.2.price'].map((path) => `${path} UNAUTHENTICATED`),
    );
    expect(Object.keys(told.data.exhibits[1])).toEqual(['__typename', 'title', 'price']);
  });

  it('interfaces whose types the client does not ask for', async () => {
    const told = await museum.ask('{ exhibits { next { price } } }', MACHINE);
    expect(told.data.exhibits).toEqual([{ next: { price: 200 } }, { next: { price: 100 } }, { next: null }]);
  });

  it('fields that another subgraph adds to an interface', async () => {
    const told = await museum.ask('{ exhibit(id: "s1") { visitors donor { name } } }', NOBODY);
    expect(told.data).toEqual({ exhibit: { visitors: 9, donor: null } });
    expect((await museum.ask('{ exhibit(id: "s1") { donor { name } } }', SOMEBODY)).data.exhibit).toEqual({
      donor: { name: 'Bob' },
    });
  });

  it('unions', async () => {
    const query = '{ found { ... on Painting { title owner { name } } ... on Relic { age } } }';
    const told = await museum.ask(query, MACHINE);
    expect(told.data.found).toEqual([{ title: 'Dawn', owner: { name: 'Bob' } }, { age: null }]);
    expect(refusalsIn(told)).toEqual(['found.1.age FORBIDDEN']);
  });

  it('lists of which nothing is left but how long they are', async () => {
    const told = await museum.ask('{ paintings { price } }', NOBODY);
    expect(told.data).toEqual({ paintings: [{ price: null }, null, { price: null }] });
  });

  it('subgraphs that are asked by reference', async () => {
    const told = await museum.ask('{ paintings { painter { email friends { name email } } } }', SOMEBODY);
    const painter = { email: null, friends: [{ name: 'Bob', email: null }] };
    expect(told.data.paintings[0]).toEqual({ painter });
    expect(asked()).not.toContain('email');
  });

  it('names that look like those the gateway uses', async () => {
    const told = await museum.ask(
      '{ exhibits { __typename_: title __typename__: price ... on Relic { constructor: age toString: title } } }',
      NOBODY,
    );
    expect(told.data.exhibits).toEqual([
      { __typename_: 'Dawn', __typename__: null },
      { __typename_: 'Horse', __typename__: 200 },
      { __typename_: null, __typename__: null, constructor: null, toString: null },
    ]);
  });
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import { bazaarResolvers } from './support/bazaar/resolvers.ts';
import { bazaarSchemas } from './support/bazaar/schemas.ts';
import { type Answered, type Asked, FederatedGraph } from './support/federated-graph.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external", "@shareable"])`;

/** What the bazaar has no place for: types that disagree, and a root type under another name. */
const workshopSchemas = {
  tools: `${LINK}
    schema { query: ToolQuery }
    type ToolQuery { tools: [Tool!]! saw: Saw box: Box again: ToolQuery! }
    interface Tool { label: String }
    type Saw implements Tool @key(fields: "id") { id: ID! size: Int @shareable label: String teeth: [[Tooth]] }
    type File implements Tool { size: Int! label: String! }
    type Tooth { width: Int }
    type Box { items: [Int] lid: Lid }
    type Lid { colour: String }`,
  care: `${LINK}
    type Query { unused: Int }
    interface Tool { size: Int }
    type Saw implements Tool @key(fields: "id") { id: ID! size: Int @shareable teeth: [[Tooth]] @external sharpness: String @requires(fields: "teeth { width }") }
    type Tooth { width: Int @external }`,
};
const workshopResolvers = {
  tools: {
    Query: {},
    ToolQuery: {
      tools: () => [
        { __typename: 'File', size: 0, label: 'Rasp' },
        { __typename: 'Saw', size: 0, label: 'Ryoba' },
      ],
      saw: () => ({ id: 's', teeth: [[{ width: 1 }, null], [{ width: 2 }]] }),
      again: () => ({}),
    },
  },
  care: {
    Saw: {
      __resolveReference: (saw: object) => saw,
      sharpness: ({ teeth }: { teeth: unknown }) => JSON.stringify(teeth),
    },
  },
};

// Each of these is wrong in the executor of Apollo Gateway 2.14.4. When a test fails on its side, Apollo has mended it
// and the case moves to `engine-equivalence.test.ts`.
describe('The compiled engine differs from the executor of Apollo Gateway:', () => {
  let bazaar: FederatedGraph;
  let workshop: FederatedGraph;

  beforeEach(() => {
    bazaar = new FederatedGraph(bazaarSchemas, bazaarResolvers);
    workshop = new FederatedGraph(workshopSchemas, workshopResolvers);
  });

  async function both(graph: FederatedGraph, asked: Asked): Promise<{ apollo: Answered; compiled: Answered }> {
    expect(graph.faults(asked.query)).toEqual([]);
    const apollo = await graph.run('apollo', asked);
    graph.calls.length = 0;
    return { apollo, compiled: await graph.run('compiled', asked) };
  }

  it('an object keeps its type, and so its fields, when a subgraph that knows only its interface adds to it', async () => {
    const { apollo, compiled } = await both(bazaar, {
      query: '{ search { ... on Book { __typename score critics @include(if: true) { name } } } }',
    });
    expect(apollo).toEqual({ data: { search: [{}, {}, null, {}, {}] }, errors: [] });
    const book = { __typename: 'Book', score: 5, critics: [{ name: 'Ann' }, null] };
    expect(compiled).toEqual({ data: { search: [{}, book, null, {}, {}] }, errors: [] });
  });

  it('an object of which nobody tells the type is null with a reason', async () => {
    workshop.scripted.set('tools', { data: { tools: [{ __typename: 'Spoon', label: 'x' }, { label: 'y' }] } });
    const { apollo, compiled } = await both(workshop, { query: '{ tools { __typename label } }' });
    expect(apollo).toMatchObject({ data: null, errors: [{ path: ['tools', 0] }] });
    expect(compiled).toMatchObject({ data: null, errors: [{ path: ['tools', 0] }, { path: ['tools', 1] }] });
  });

  it('an error is placed at its entity, not at one that was never asked about', async () => {
    const { apollo, compiled } = await both(bazaar, { query: '{ search { ... on Product { upc reserved } } }' });
    expect(compiled.data).toMatchObject({
      search: [{ upc: 'p2', reserved: 1 }, {}, null, {}, { upc: 'p1', reserved: null }],
    });
    expect(apollo.errors).toMatchObject([{ path: ['search', 1, 'reserved'] }]);
    expect(compiled.errors).toMatchObject([{ path: ['search', 4, 'reserved'] }]);
  });

  it('an error without an entity has a path that is in the answer', async () => {
    bazaar.scripted.set('inventory', { data: null, errors: [{ message: 'broken', path: ['_entities'] }] });
    const { apollo, compiled } = await both(bazaar, { query: '{ products { upc reserved } }' });
    expect(apollo.errors).toMatchObject([{ path: ['products', '@', '_entities'] }]);
    expect(compiled.errors).toMatchObject([{ path: ['products'] }]);
  });

  it('fields come in the order of the document, whatever is skipped', async () => {
    const query = `query ($on: Boolean!) {
      price { ... on Money @include(if: $on) { __typename } currency ... on Money @include(if: $on) { amount } }
    }`;
    const { apollo, compiled } = await both(bazaar, { query, variables: { on: true } });
    expect(Object.keys((apollo.data as { price: object }).price)).toEqual(['__typename', 'amount', 'currency']);
    expect(Object.keys((compiled.data as { price: object }).price)).toEqual(['__typename', 'currency', 'amount']);
  });

  it('an entity is asked about once however often it occurs, and not at all when its key is null', async () => {
    const query = '{ reviews { author { name } } }';
    const { apollo, compiled } = await both(bazaar, { query });
    expect(compiled).toEqual(apollo);
    const handles = bazaar.calls.at(-1)!.variables['representations'] as { handle: string | null }[];
    expect(handles.map(({ handle }) => handle)).toEqual(['ada', 'ben', 'nobody']);
  });

  it('0, false and empty text survive being asked for under another name', async () => {
    // One field that may be null in one type and not in the other goes to the subgraph as two.
    const { apollo, compiled } = await both(workshop, { query: '{ tools { size } }' });
    expect(workshop.calls[0]!.query).toContain('size__alias');
    expect(apollo).toMatchObject({ data: { tools: [{ size: 0 }, { size: null }] }, errors: [] });
    expect(compiled).toEqual({ data: { tools: [{ size: 0 }, { size: 0 }] }, errors: [] });
  });

  it('what may be null is decided by the type of the object, not by the interface it was asked through', async () => {
    workshop.scripted.set('tools', { data: { tools: [{ __typename: 'File', label: null }] } });
    const { apollo, compiled } = await both(workshop, { query: '{ tools { label } }' });
    expect(apollo).toEqual({ data: { tools: [{ label: null }] }, errors: [] });
    expect(compiled).toMatchObject({ data: null, errors: [{ path: ['tools', 0, 'label'] }] });
  });

  it('an object that can have but one type has it, whatever its subgraph calls it', async () => {
    const { apollo, compiled } = await both(workshop, { query: '{ again { __typename saw { __typename } } }' });
    expect(apollo.data).toBeNull();
    expect(compiled.data).toEqual({ again: { __typename: 'Query', saw: { __typename: 'Saw' } } });
  });

  it('lists of lists of objects can be required', async () => {
    const { apollo, compiled } = await both(workshop, { query: '{ saw { sharpness } }' });
    expect(apollo.data).toEqual({ saw: { sharpness: '[null,null]' } });
    expect(compiled.data).toEqual({ saw: { sharpness: '[[{"width":1},null],[{"width":2}]]' } });
  });

  it.each([
    ['an object for a list', { box: { items: {} } }, { box: { items: null } }, ['box', 'items']],
    ['a list for an object', { box: { items: [1], lid: [] } }, { box: { items: [1], lid: null } }, ['box', 'lid']],
    ['a number for an object', { box: { items: [1], lid: 7 } }, { box: { items: [1], lid: null } }, ['box', 'lid']],
  ])('%s costs one field, not the answer', async (_, given, data, path) => {
    workshop.scripted.set('tools', { data: given });
    const { compiled } = await both(workshop, { query: '{ box { items lid { colour } } }' });
    expect(compiled).toMatchObject({ data, errors: [{ path }] });
  });

  it('null for a condition that has a default value is an error of the client', async () => {
    const asked = {
      query: 'query ($on: Boolean = true) { price @include(if: $on) { amount } }',
      variables: { on: null },
    };
    await expect(bazaar.run('apollo', asked)).rejects.toThrow('Invalid non-boolean value null');
    const { data, errors } = await bazaar.run('compiled', asked);
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

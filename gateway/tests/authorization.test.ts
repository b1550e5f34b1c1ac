import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ENGINE_NAMES } from '../src/graph/live-graph.ts';
import { MACHINE, Museum, NOBODY, refusalsIn, SOMEBODY, type Visitor } from './support/museum.ts';

describe.each(ENGINE_NAMES)('In front of the %s engine', (engine) => {
  let museum: Museum;

  beforeAll(() => {
    museum = new Museum(engine);
  });

  afterEach(() => museum.forget());

  const asked = () => museum.calls.map(({ query }) => query).join('\n');

  it('an operation of nothing protected goes through as it is', async () => {
    const told = await museum.ask('{ openingHours paintings { id title } }', NOBODY);
    expect(told.errors).toEqual([]);
    expect(told.data.paintings[0]).toEqual({ id: 'p1', title: 'Dawn' });
    expect(museum.refused).toEqual([]);
  });

  it('a refused field is null with an error in its place, and is not asked for', async () => {
    const told = await museum.ask('{ paintings { title price } }', NOBODY);
    expect(told.data).toEqual({ paintings: [{ title: 'Dawn', price: null }, null, { title: 'Dawn', price: null }] });
    expect(refusalsIn(told)).toEqual(['paintings.0.price UNAUTHENTICATED', 'paintings.2.price UNAUTHENTICATED']);
    expect(asked()).not.toContain('price');
  });

  it('whoever is known is told that they may not', async () => {
    const told = await museum.ask('{ insurance }', SOMEBODY);
    expect(told).toEqual({
      data: { insurance: null },
      errors: [
        expect.objectContaining({
          message: 'You may not see this.',
          path: ['insurance'],
          extensions: { code: 'FORBIDDEN' },
        }),
      ],
    });
  });

  it('no subgraph is called when all is refused', async () => {
    const told = await museum.ask('{ insurance a: insurance vault { code } ... on Query { guards } }', NOBODY);
    expect(told.data).toEqual({ insurance: null, a: null, vault: null, guards: null });
    expect(refusalsIn(told)).toHaveLength(4);
    expect(museum.calls).toEqual([]);
  });

  it.each<[string, Visitor, number | null]>([
    ['nobody', NOBODY, null],
    ['the wrong scope', { scope: 'museum:read' }, null],
    ['a scope of another name', { scope: 'museum:auditor xmuseum:audit' }, null],
    ['the one scope that does', { scope: 'a museum:audit b' }, 5],
    ['the two that do together', { scope: 'money:read museum:read' }, 5],
  ])('@requiresScopes for %s', async (_, visitor, insurance) => {
    expect((await museum.ask('{ insurance }', visitor)).data).toEqual({ insurance });
  });

  it.each<[string, Visitor, number | null]>([
    ['nobody', NOBODY, null],
    ['a person', SOMEBODY, null],
    ['a machine', MACHINE, null],
    ['a person with too low a role', { ...SOMEBODY, org: 'museum', orgRole: 'MANAGER' }, null],
    ['a person with the role', { ...SOMEBODY, org: 'museum', orgRole: 'ADMIN' }, 3],
    ['a person with a higher role', { ...SOMEBODY, org: 'museum', orgRole: 'OWNER' }, 3],
    ['the other alternative', { roles: ['SUPPORT'] }, 3],
  ])('@policy for %s', async (_, visitor, guards) => {
    expect((await museum.ask('{ guards }', visitor)).data).toEqual({ guards });
  });

  it('a policy that nobody knows lets nobody through', async () => {
    const anybody = { ...SOMEBODY, roles: ['SUPER_ADMIN'], scope: 'moon:full' };
    expect((await museum.ask('{ moon }', anybody)).data).toEqual({ moon: null });
    const atNight = new Museum(engine, { policies: { 'moon:full': () => true } });
    expect((await atNight.ask('{ moon }', SOMEBODY)).data).toEqual({ moon: 1 });
    expect((await atNight.ask('{ moon }', NOBODY)).data).toEqual({ moon: null });
  });

  it('a type that is protected protects every field that leads to it, and an enum too', async () => {
    expect((await museum.ask('{ vault { __typename } grade }', NOBODY)).data).toEqual({ vault: null, grade: null });
    const { data } = await museum.ask('{ vault { code } grade }', SOMEBODY);
    expect(data).toEqual({ vault: { code: '4711' }, grade: 'GOOD' });
  });

  describe('null goes up where it may not stand:', () => {
    it('to the object', async () => {
      const told = await museum.ask('{ paintings { title insured } openingHours }', NOBODY);
      expect(told.data).toEqual({ paintings: [null, null, null], openingHours: '9 to 5' });
      expect(refusalsIn(told)[0]).toBe('paintings.0.insured UNAUTHENTICATED');
    });

    it('to the top', async () => {
      const told = await museum.ask('{ openingHours safe { code } }', NOBODY);
      expect(told.data).toBeNull();
      expect(refusalsIn(told)).toEqual(['safe UNAUTHENTICATED']);
    });
  });

  it.each([
    [true, { title: 'Dawn', price: null, id: 'p1' }, 1],
    [false, { title: 'Dawn' }, 0],
  ])('conditions count as ever: @include(if: %s)', async (with_, painting, errors) => {
    const told = await museum.ask(
      `query ($with: Boolean!) { exhibit(id: "p1") {
         title price @include(if: $with) ... on Painting @include(if: $with) { id price } insured @skip(if: true)
       } }`.replace('insured @skip(if: true)', '... on Painting { insured @skip(if: true) }'),
      NOBODY,
      { with: with_ },
    );
    expect(told.data.exhibit).toEqual(painting);
    expect(told.errors).toHaveLength(errors);
  });

  it('variables that only a refused field has are still looked at', async () => {
    const query = 'query ($id: ID!, $other: ID!) { exhibit(id: $id) { title } person(id: $other) { email } }';
    const told = await museum.ask(query, NOBODY, { id: 's1', other: 'ann' });
    expect(told.data).toEqual({ exhibit: { title: 'Horse' }, person: { email: null } });
    const mutation = 'mutation ($id: ID!) { visit steal(id: $id) }';
    expect((await museum.ask(mutation, NOBODY, { id: '1' })).data).toEqual({ visit: 1, steal: null });
    const wrong = await museum.ask('mutation ($id: ID!) { steal(id: $id) }', NOBODY, {});
    expect(wrong.data).toBeUndefined();
    expect(wrong.errors).toHaveLength(1);
    expect(museum.done).toEqual(['visit']);
  });

  it('a refused mutation never runs, and the others do', async () => {
    const told = await museum.ask('mutation { steal(id: 1) a: visit again: steal(id: 2) b: visit }', NOBODY);
    expect(told.data).toEqual({ steal: null, a: 1, again: null, b: 2 });
    expect(museum.done).toEqual(['visit', 'visit']);
  });

  it('introspection is for everybody', async () => {
    const told = await museum.ask('{ __typename __type(name: "Vault") { name } insurance }', NOBODY);
    expect(told.data).toEqual({ __typename: 'Query', __type: { name: 'Vault' }, insurance: null });
  });

  it('errors of subgraphs stay beside those of refusals', async () => {
    museum.federated.scripted.set('people', {
      data: null,
      errors: [{ message: 'x', extensions: { code: 'NOT_FOUND' } }],
    });
    const told = await museum.ask('{ insurance person(id: "ann") { name email } }', SOMEBODY);
    expect(told.data).toEqual({ insurance: null, person: null });
    expect(refusalsIn(told).toSorted()).toEqual([' NOT_FOUND', 'insurance FORBIDDEN'].toSorted());
  });

  it('what a subgraph sends unasked is not shown', async () => {
    museum.federated.scripted.set('halls', {
      data: { paintings: [{ __typename_: 'Painting', title: 'A', price: 1 }], insurance: 1 },
    });
    const told = await museum.ask('{ paintings { title price } insurance }', NOBODY);
    expect(told.data).toEqual({ paintings: [{ title: 'A', price: null }], insurance: null });
  });

  it('two callers with different rights never share, in whatever order they come', async () => {
    const query = '{ exhibits { price } insurance }';
    const all = [{ price: 100 }, { price: 200 }, { price: 300 }];
    for (let round = 0; round < 3; round++) {
      const nobody = await museum.ask(query, NOBODY);
      expect(nobody.data).toEqual({ exhibits: [{ price: null }, { price: 200 }, { price: null }], insurance: null });
      const machine = await museum.ask(query, MACHINE);
      expect(machine.data).toEqual({ exhibits: [...all.slice(0, 2), { price: null }], insurance: null });
      const auditor = await museum.ask(query, { ...SOMEBODY, scope: 'museum:audit' });
      expect(auditor).toEqual({ data: { exhibits: all, insurance: 5 }, errors: [] });
    }
  });

  it('the errors of one answer are counted rather than all told', async () => {
    const told = await museum.ask('{ many(count: 10000) { id price } }', NOBODY);
    expect(told.data.many).toHaveLength(10_000);
    expect(told.data.many[9_999]).toEqual({ id: 'p1', price: null });
    expect(told.errors).toHaveLength(101);
    expect(told.errors[100]).toEqual({
      message: 'Sign in first. That goes for 9900 more fields.',
      extensions: { code: 'UNAUTHENTICATED', more: 9_900 },
    });
    const nothing = await museum.ask('{ many(count: 1000) { insured } }', NOBODY);
    expect(nothing.data).toEqual({ many: Array.from({ length: 1_000 }, () => null) });
    expect(nothing.errors.map(({ path }) => path?.length)).toEqual([
      ...Array.from({ length: 100 }, () => 3),
      undefined,
    ]);
  });

  it('the audit log is told once for an operation, with what was refused', async () => {
    await museum.ask('query Look { paintings { a: price b: price } insurance }', NOBODY);
    expect(museum.refused.map(({ code, reason }) => [code, reason])).toEqual([
      ['UNAUTHENTICATED', 'not authorized for Painting.price, Query.insurance'],
    ]);
  });

  it('an operation that would grow without bound is refused', async () => {
    const small = new Museum(engine, { fieldLimit: 50 });
    const nested = (depth: number): string => (depth === 0 ? 'price' : `price next { ${nested(depth - 1)} }`);
    await expect(small.ask(`{ exhibits { ${nested(20)} } }`, NOBODY)).rejects.toMatchObject({
      extensions: { code: 'BAD_REQUEST', limit: 'authorizationFieldLimit', maximum: 50 },
    });
    expect(small.calls).toEqual([]);
    expect((await small.ask(`{ exhibits { ${nested(2)} } }`, NOBODY)).data.exhibits).toHaveLength(3);
  });
});

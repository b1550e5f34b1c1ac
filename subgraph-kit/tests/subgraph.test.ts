import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Session, withRowScope } from '@supergraph/subgraph-kit';
import { startTestSubgraph } from '@supergraph/testkit';
import { Book } from './library/book.entity.ts';
import { library } from './library/library.subgraph.ts';
import { Shelf } from './library/shelf.entity.ts';

const ours = '0198c0de-0000-7000-8000-00000000000a';
const theirs = '0198c0de-0000-7000-8000-00000000000b';
const librarian = '0198c0de-0000-7000-8000-000000000001';

const start = () => startTestSubgraph(library);
let subgraph: Awaited<ReturnType<typeof start>>;
let shelves: Record<'ours' | 'theirs', string>;

const as = (organizationId: string, scope = 'library:write') =>
  subgraph.tokens.authorization({ sub: librarian, org: organizationId, scope });

beforeAll(async () => {
  subgraph = await start();
  shelves = await subgraph.running.runtime.asSystem(async (work) => {
    const [a, b] = [work.newId(), work.newId()];
    work.em.create(Shelf, { id: a, organizationId: ours, name: 'Novels' });
    work.em.create(Shelf, { id: b, organizationId: theirs, name: 'Secrets' });
    return { ours: a, theirs: b };
  });
});

afterAll(() => subgraph?.stop());

const addBook = (title: string, shelfId = shelves.ours, authorization: string | undefined = as(ours)) =>
  subgraph.client.query('mutation ($input: AddBookInput!) { addBook(input: $input) { id title } }', {
    variables: { input: { shelfId, title } },
    authorization,
  });

describe('a use-case', () => {
  it('commits its change and its event together', async () => {
    const { data } = await addBook('Middlemarch');
    expect(data).toEqual({ addBook: { id: expect.any(String), title: 'Middlemarch' } });
    const events = await subgraph.running.runtime.openEntityManager().execute('select name, data from bus.event');
    expect(events).toEqual([{ name: 'book.added', data: { bookId: data!.addBook.id, title: 'Middlemarch' } }]);
  });

  it('leaves nothing behind when the database refuses it', async () => {
    await addBook('Emma');
    const before = await countEvents();
    const { errors } = await addBook('Emma');
    expect(errors?.[0]?.extensions?.code).toBe('CONFLICT');
    expect(await countEvents()).toBe(before);
  });

  it('is refused to strangers and to those without the permission', async () => {
    const anonymous = await subgraph.client.query(
      `mutation { addBook(input: { shelfId: "${shelves.ours}", title: "X" }) { id } }`,
    );
    expect(anonymous.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    expect((await addBook('X', shelves.ours, as(ours, 'library:read'))).errors?.[0]?.extensions?.code).toBe(
      'FORBIDDEN',
    );
  });

  it('reports every problem of its input at its place', async () => {
    const { errors } = await addBook('');
    expect(errors?.[0]?.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'title', message: 'A title has 1 to 50 characters.' }],
    });
  });

  it('that takes an illegal step says from where to where', async () => {
    const id = (await addBook('Persuasion')).data!.addBook.id;
    const borrow = () =>
      subgraph.client.query('mutation ($id: ID!) { borrowBook(id: $id) { borrowedBy } }', {
        variables: { id },
        authorization: as(ours),
      });
    expect((await borrow()).data).toEqual({ borrowBook: { borrowedBy: librarian } });
    expect((await borrow()).errors?.[0]?.extensions).toEqual({
      code: 'ILLEGAL_TRANSITION',
      from: 'BORROWED',
      to: 'BORROWED',
    });
  });

  it('that fails unexpectedly tells the client nothing but where to look', async () => {
    const { errors } = await subgraph.client.query('mutation { burnLibrary }');
    expect(errors).toEqual([
      expect.objectContaining({
        message: 'Something went wrong on our side.',
        extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId: 'test-correlation' },
      }),
    ]);
    expect(JSON.stringify(errors)).not.toMatch(/hunter2|internal-host/);
  });
});

describe('a tenant', () => {
  const shelf = (id: string) =>
    subgraph.client.queryData('query ($id: ID!) { shelf(id: $id) { name books { title } } }', {
      variables: { id },
      authorization: as(ours),
    });

  it('sees its own and nothing of another', async () => {
    expect((await shelf(shelves.ours)).shelf.name).toBe('Novels');
    expect((await shelf(shelves.theirs)).shelf).toBeNull();
    expect(await subgraph.client.entities('Shelf', [shelves.theirs], 'name', { authorization: as(ours) })).toEqual([
      null,
    ]);
    expect((await addBook('Stolen', shelves.theirs)).errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
  });

  it('is kept apart by the database even when the ORM is told not to', async () => {
    const { runtime } = subgraph.running;
    const unfiltered = await runtime.openEntityManager().find(Shelf, {}, { filters: false });
    expect(unfiltered).toEqual([]);
    expect(await runtime.asSystem((work) => work.em.count(Shelf, {}))).toBe(2);
  });

  it('may spell an id in capitals', async () => {
    await addBook('Cranford');
    const { runtime } = subgraph.running;
    const session = Session.fromClaims({ sub: librarian, org: ours, roles: [], scope: '', iat: 0, exp: 0 });
    await withRowScope(session, async () => {
      const { loaders } = runtime.createContext(runtime.openScope(session));
      expect(await loaders.shelfById.load(shelves.ours.toUpperCase())).toMatchObject({ id: shelves.ours });
      expect(await loaders.booksByShelf.load(shelves.ours.toUpperCase())).not.toEqual([]);
    });
  });

  it('may ask for nonsense without harm', async () => {
    expect((await shelf("' or 1=1 --")).shelf).toBeNull();
  });
});

describe('references', () => {
  it('cost the same for 2 and for 20, keep their order, and are null where nothing is', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 20; count += 1) ids.push((await addBook(`Volume ${count}`)).data!.addBook.id);
    const resolve = (some: string[]) => subgraph.client.entities('Book', some, 'id', { authorization: as(ours) });
    const two = await subgraph.sql.during(() => resolve(ids.slice(0, 2)));
    const twenty = await subgraph.sql.during(() => resolve(ids));
    expect(twenty).toBe(two);
    const mixed = [ids[3]!, librarian, ids[1]!, ids[3]!];
    expect(await resolve(mixed)).toEqual([{ id: ids[3] }, null, { id: ids[1] }, { id: ids[3] }]);
  });
});

async function countEvents(): Promise<number> {
  const [row] = await subgraph.running.runtime
    .openEntityManager()
    .execute('select count(*)::int as count from bus.event');
  return (row as { count: number }).count;
}

it('Book is an ordinary class', () => {
  const book = Object.assign(new Book(), { borrowedBy: null });
  book.borrow(librarian);
  expect(() => book.borrow(librarian)).toThrow('Book cannot go from BORROWED to BORROWED.');
});

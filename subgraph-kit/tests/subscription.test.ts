import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { announceSessionEnd } from '@supergraph/subgraph-kit';
import { startTestSubgraph, TestLive } from '@supergraph/testkit';
import type { Client } from 'graphql-ws';
import { library } from './library/library.subgraph.ts';
import { Shelf } from './library/shelf.entity.ts';

const organization = '0198c0de-0000-7000-8000-00000000000a';
const librarian = '0198c0de-0000-7000-8000-000000000001';
const live = new TestLive();

const start = () => startTestSubgraph(library, { live });
let subgraph: Awaited<ReturnType<typeof start>>;
let socket: Client;
let shelfId: string;

beforeAll(async () => {
  subgraph = await start();
  socket = subgraph.openSocket();
  shelfId = await subgraph.running.runtime.asSystem(async (work) => {
    const shelf = work.em.create(Shelf, { id: work.newId(), organizationId: organization, name: 'New' });
    return shelf.id;
  });
});

afterAll(async () => {
  await socket?.dispose();
  await subgraph?.stop();
});

const authorization = () =>
  subgraph.tokens.authorization({ sub: librarian, org: organization, scope: 'library:write' });

const addBook = (title: string) =>
  subgraph.client.queryData('mutation ($input: AddBookInput!) { addBook(input: $input) { id } }', {
    variables: { input: { shelfId, title } },
    authorization: authorization(),
  });

describe('a subscription', () => {
  it('brings each event once, read anew, and lets go of its source when the client leaves', async () => {
    const events = socket.iterate<{ bookAdded: { id: string; title: string; borrowedBy: string | null } }>({
      query: 'subscription { bookAdded { id title borrowedBy } }',
      extensions: { authorization: authorization() },
    });
    const first = events.next();
    await live.whenReaders('books', 1);
    const { addBook: book } = await addBook('Ulysses');
    expect((await first).value?.data?.bookAdded).toEqual({ id: book.id, title: 'Ulysses', borrowedBy: null });

    await subgraph.client.queryData('mutation ($id: ID!) { borrowBook(id: $id) { id } }', {
      variables: { id: book.id },
      authorization: authorization(),
    });
    const second = events.next();
    await live.publish('books', { id: book.id });
    expect((await second).value?.data?.bookAdded.borrowedBy).toBe(librarian);

    await events.return?.();
    await live.whenReaders('books', 0);
  });

  it('with a token that does not hold is refused, and no other on the same socket notices', async () => {
    const subscribe = (token: string) =>
      socket.iterate({ query: 'subscription { bookAdded { title } }', extensions: { authorization: token } });
    const good = subscribe(authorization());
    const next = good.next();
    await live.whenReaders('books', 1);
    const refused = await subscribe('Bearer nonsense').next();
    expect(refused.value?.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    await addBook('Orlando');
    expect((await next).value?.data).toEqual({ bookAdded: { title: 'Orlando' } });
    await good.return?.();
  });

  it('ends with the sign-in session behind it, and no other', async () => {
    const [ended, other] = [randomUUID(), randomUUID()];
    const listen = (sid: string) => {
      const authorization = subgraph.tokens.authorization({ sub: librarian, org: organization, sid });
      return socket.iterate({ query: 'subscription { bookAdded { title } }', extensions: { authorization } });
    };
    const [of, ofOther] = [listen(ended), listen(other)];
    const [last, next] = [of.next(), ofOther.next()];
    await live.whenReaders(`session-end:${ended}`, 1);
    await live.whenReaders('books', 2);

    await announceSessionEnd(live, ended);

    expect((await last).value?.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    expect((await of.next()).done).toBe(true);
    await live.whenReaders('books', 1);
    await live.whenReaders(`session-end:${ended}`, 0);
    await addBook('Emma');
    expect((await next).value?.data).toEqual({ bookAdded: { title: 'Emma' } });
    await ofOther.return?.();
    await live.whenReaders(`session-end:${other}`, 0);
  });

  it('is not the only thing a socket can carry', async () => {
    const answer = await socket
      .iterate({ query: 'mutation { borrowBook(id: "x") { id } }', extensions: { authorization: authorization() } })
      .next();
    expect(answer.value?.errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
  });

  it('produces its events with the rows of its subscriber in reach', async () => {
    const inReach: unknown[] = [];
    const look = async (): Promise<void> => {
      const rows = await subgraph.running.runtime
        .openEntityManager()
        .execute(`select current_setting('supergraph.user_id', true) as "user"`);
      inReach.push(rows[0]);
    };
    const subscribe = live.subscribe.bind(live);
    live.subscribe = (channel, signal) => {
      const hints = subscribe(channel, signal);
      if (channel !== 'books') return hints as never;
      const take = hints.next.bind(hints);
      const next = async () => {
        await look();
        return take();
      };
      return Object.assign(hints, { next }) as never;
    };
    const events = socket.iterate({
      query: 'subscription { bookAdded { title } }',
      extensions: { authorization: authorization() },
    });
    const first = events.next();
    await live.whenReaders('books', 1);
    await addBook('Romola');
    expect((await first).value?.data).toEqual({ bookAdded: { title: 'Romola' } });
    expect(inReach[0]).toEqual({ user: librarian });
    live.subscribe = subscribe;
    await events.return?.();
  });
});

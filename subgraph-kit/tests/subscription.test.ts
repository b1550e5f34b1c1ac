import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { announceEnd, Authority } from '@supergraph/subgraph-kit';
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

  describe('ends', () => {
    const [sub, org, sid, key] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const listen = (authorization: string) =>
      socket.iterate({ query: 'subscription { bookAdded { title } }', extensions: { authorization } });

    it.each([
      ['the sign-in session behind it', { sub: randomUUID(), sid }, Authority.session(sid)],
      ['the API key behind it', { sub: randomUUID(), key }, Authority.apiKey(key)],
      ['the membership', { sub, org }, Authority.membership(org, sub)],
      ['the organization', { sub: randomUUID(), org }, Authority.organization(org)],
      ['the account', { sub }, Authority.account(sub)],
    ])('with %s, and cannot begin again with the same token', async (_, claims, authority) => {
      const token = subgraph.tokens.authorization(claims);
      const mine = listen(token);
      const last = mine.next();
      await live.whenReaders('books', 1);

      await announceEnd(live, authority, new Date());

      expect((await last).value?.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
      expect((await mine.next()).done).toBe(true);
      await live.whenReaders('books', 0);
      const again = await listen(token).next();
      expect(again.value?.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
      await live.whenReaders('books', 0);
    });

    it('with nobody else’s session, and begins again with a token that was issued later', async () => {
      const comesBack = randomUUID();
      const stranger = listen(subgraph.tokens.authorization({ sub: randomUUID() }));
      const next = [stranger.next()];
      await live.whenReaders('books', 1);
      await announceEnd(live, Authority.account(comesBack), new Date(Date.now() - 2_000));
      const later = listen(subgraph.tokens.authorization({ sub: comesBack }));
      next.push(later.next());
      await live.whenReaders('books', 2);
      await addBook('Emma');
      for (const event of await Promise.all(next)) expect(event.value?.data).toEqual({ bookAdded: { title: 'Emma' } });
      await Promise.all([stranger.return?.(), later.return?.()]);
    });
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

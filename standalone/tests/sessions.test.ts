import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { identity } from '@supergraph/identity';
import { startTestSubgraph, TestClock } from '@supergraph/testkit';
import jsonwebtoken from 'jsonwebtoken';
import { codeOf, type GraphClient } from './support/graph.client.ts';
import { introduce } from './support/open-socket.ts';
import { PASSWORD, REFRESH, refresh, register, signIn, type Tokens } from './support/people.ts';
import { SECRET, startTestSupergraph, type TestSupergraph } from './support/test-supergraph.ts';

const BOTH = '{ me { email unreadNotificationCount } }';

const clock = new TestClock();
let graph: TestSupergraph;

beforeAll(async () => {
  graph = await startTestSupergraph({ clock });
}, 60_000);

afterAll(() => graph?.stop());

interface Person {
  readonly client: GraphClient;
  readonly email: string;
  tokens: Tokens;
}

async function newcomer(email: string): Promise<Person> {
  const client = graph.client();
  await register(client, email);
  return { client, email, tokens: await signIn(client, email) };
}

const kidOf = (token: string): string => jsonwebtoken.decode(token, { complete: true })!.header.kid!;

describe('signing keys', () => {
  it('are rotated without a request that fails', async () => {
    // Two who come for a new token all the time, and one who uses theirs for as long as it lives.
    const people = await Promise.all(['busy', 'busier', 'lazy'].map((name) => newcomer(`${name}@example.com`)));
    // Whoever verifies has seen the keys by now, and keeps them.
    await Promise.all(people.map(still));
    const replica = await startTestSubgraph(identity, {
      database: graph.database,
      clock,
      ownKeys: true,
      environment: { SEALING_SECRETS: [SECRET], PASSWORD_HASH_MEMORY_KIB: 19_456 },
    });
    try {
      await replica.running.runtime.asSystem(async (work) => {
        work.schedule({ name: 'rotate-signing-keys', data: { force: true } });
      });
      await replica.runJobs();
      await untilKeys(2);
      // Ten minutes pass in no time here, but whoever verifies asks for keys once a second at most.
      await pause(1_000);
      const kids = new Set<string>();
      for (let minute = 1; minute <= 30; minute += 1) {
        clock.advance({ minutes: 1 });
        await Promise.all(
          people.flatMap((person) => {
            const isDue = person.email !== 'lazy@example.com' || minute % 14 === 0;
            return [still(person), ...(isDue ? [renewed(person)] : [])];
          }),
        );
        for (const { tokens } of people) kids.add(kidOf(tokens.accessToken));
      }
      expect(kids.size).toBe(2);
      for (const { tokens } of people) expect(await introduce(graph.url, tokens.accessToken)).toBe('acknowledged');
    } finally {
      await replica.stop();
    }
  }, 60_000);

  async function untilKeys(count: number): Promise<void> {
    const url = new URL('/.well-known/jwks.json', graph.subgraphs.identity);
    for (;;) {
      const { keys } = (await (await fetch(url)).json()) as { keys: object[] };
      if (keys.length >= count) return;
      // Another process made it, so this one comes upon it after a while.
      clock.advance({ seconds: 30 });
      await pause(20);
    }
  }

  /** The token in use is good for both subgraphs. */
  async function still({ client, email }: Person): Promise<void> {
    expect((await client.queryData(BOTH)).me.email).toBe(email);
  }

  async function renewed(person: Person): Promise<void> {
    person.tokens = await refresh(person.client, person.tokens.refreshToken);
    await still(person);
  }
});

describe('a refresh token', () => {
  const exchange = ({ refreshToken }: Tokens) => graph.client().query(REFRESH, { input: { refreshToken } });

  it('that two tabs use at once serves both, and both go on', async () => {
    const { tokens } = await newcomer('tabs@example.com');
    const answers = await Promise.all([exchange(tokens), exchange(tokens)]);
    const pairs: Tokens[] = answers.map(({ data }) => data.refreshSession);
    expect(new Set(pairs.map((pair) => pair.refreshToken)).size).toBe(2);
    clock.advance({ minutes: 5 });
    for (const pair of pairs) {
      const { data, errors } = await exchange(pair);
      expect(errors).toBeUndefined();
      const next = graph.client();
      next.authorization = `Bearer ${data.refreshSession.accessToken}`;
      expect((await next.queryData(BOTH)).me.email).toBe('tabs@example.com');
    }
  });

  it('that comes again after the grace ends the whole family, and nobody else’s', async () => {
    const { client, tokens } = await newcomer('robbed@example.com');
    const elsewhere = await signIn(graph.client(), 'robbed@example.com');
    const second = (await exchange(tokens)).data.refreshSession as Tokens;
    const third = (await exchange(second)).data.refreshSession as Tokens;
    clock.advance({ seconds: 11 });

    expect(codeOf(await exchange(tokens))).toBe('UNAUTHENTICATED');
    expect(codeOf(await exchange(third))).toBe('UNAUTHENTICATED');

    const { errors } = await exchange(elsewhere);
    expect(errors).toBeUndefined();
    client.authorization = `Bearer ${third.accessToken}`;
    const change = `mutation { changePassword(input: { currentPassword: "${PASSWORD}", newPassword: "${PASSWORD}!" }) { id } }`;
    expect(codeOf(await client.query(change))).toBe('UNAUTHENTICATED');
  });
});

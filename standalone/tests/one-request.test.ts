import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphClient } from './support/graph.client.ts';
import { newcomer, signIn } from './support/people.ts';
import { startTestSupergraph, type TestSupergraph } from './support/test-supergraph.ts';

const ME = `{
  me {
    email
    organizations { id name }
    notifications(first: 5) { edges { node { title } } }
    unreadNotificationCount
  }
}`;

let graph: TestSupergraph;

beforeAll(async () => {
  graph = await startTestSupergraph();
}, 60_000);

afterAll(() => graph?.stop());

async function untilNotified(client: GraphClient): Promise<void> {
  while ((await client.queryData('{ me { unreadNotificationCount } }')).me.unreadNotificationCount === 0) {
    // Or fifty who wait would keep the process from what they wait for.
    await setTimeout(50);
  }
}

describe('a demo user', () => {
  it('signs in and reads from two subgraphs in one round trip', async () => {
    const client = graph.client();
    const demo = graph.demoLogins.find((login) => login.description.startsWith('owner'))!;
    await signIn(client, demo.email, demo.password);
    await untilNotified(client);
    const { me } = await client.queryData(ME);
    expect(me.email).toBe(demo.email);
    expect(me.organizations.length).toBe(2);
    expect(me.notifications.edges[0].node.title).toEqual(expect.any(String));
    expect(me.unreadNotificationCount).toBeGreaterThan(0);
  });

  it('costs as many statements with 50 notified users around as alone', async () => {
    const ada = await newcomer(graph.url, 'counted@example.com', 'Counted');
    await untilNotified(ada);
    const alone = await graph.sql.fewestDuring(7, () => ada.queryData(ME));
    const others = Array.from({ length: 50 }, (_, index) => `other-${index}@example.com`);
    // A few at a time: each hashes a password twice, and a call that waits behind fifty others would time out.
    const oneByOne = async (): Promise<void> => {
      for (let email = others.pop(); email; email = others.pop()) await untilNotified(await newcomer(graph.url, email));
    };
    await Promise.all(Array.from({ length: 4 }, oneByOne));
    expect(await graph.sql.fewestDuring(7, () => ada.queryData(ME))).toBe(alone);
  }, 60_000);

  it('is told nothing about anybody else', async () => {
    const ada = await newcomer(graph.url, 'ada@example.com', 'Ada');
    const { data } = await ada.query('{ me { email } }');
    expect(data.me.email).toBe('ada@example.com');
    const stranger = await graph.client().query(ME);
    expect(stranger.data?.me ?? null).toBeNull();
    expect(stranger.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });
});

describe('what is the same for everybody', () => {
  it('is read from the database once, for strangers and for people', async () => {
    const query = '{ plans { name price { amount currency } limits { apiKeys } } webPushPublicKey }';
    const { plans, webPushPublicKey } = await graph.client().queryData(query);
    expect(plans.map(({ name }: { name: string }) => name)).toEqual(['FREE', 'PRO', 'ENTERPRISE']);
    const grace = await newcomer(graph.url, 'grace@example.com', 'Grace');
    let again: unknown;
    const statements = await graph.sql.fewestDuring(7, async () => {
      again = await grace.queryData(query);
    });
    expect([again, statements]).toEqual([{ plans, webPushPublicKey }, 0]);
  });
});

describe('fifteen sign-ins in one request', () => {
  const login = (password: string, index: number): string =>
    `a${index}: login(input: { email: "guessed@example.com", password: "${password}" }) { __typename }`;
  const guesses = (count: number) =>
    `mutation { ${Array.from({ length: count }, () => 'a guess')
      .map(login)
      .join(' ')} }`;

  it('are refused as one, before any of them happens, and cost nobody an attempt', async () => {
    const client = graph.client();
    const { status, data, errors } = await client.query(guesses(15));
    expect([status, data]).toEqual([429, undefined]);
    expect(errors!.map(({ extensions }) => extensions)).toEqual([
      { code: 'RATE_LIMITED', retryAfter: expect.any(Number), limit: 'Mutation.login' },
    ]);
    const { errors: wrong } = await client.query(guesses(1));
    expect(wrong!.map(({ extensions }) => extensions?.code)).toEqual(['UNAUTHENTICATED']);
  });
});

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

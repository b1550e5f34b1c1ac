import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { GraphClient } from './support/graph.client.ts';
import { newcomer, signIn } from './support/people.ts';
import { startTestSupergraph, type TestSupergraph } from './support/test-supergraph.ts';

const LETTERS = `query ($filter: DeadLetterFilter) {
  deadLetters(filter: $filter) { totalCount edges { node { id consumer lastError data actions { by { name } } } } }
}`;

const RETRY = `mutation ($input: RetryDeadLettersInput!) {
  retryDeadLetters(input: $input) { changedCount deadLetters { state actions { decision by { name } } } }
}`;

let graph: TestSupergraph;
let database: pg.Client;

beforeAll(async () => {
  graph = await startTestSupergraph();
  database = new pg.Client({ connectionString: graph.database.url });
  await database.connect();
}, 60_000);

afterAll(async () => {
  await database?.end();
  await graph?.stop();
});

async function as(who: string): Promise<GraphClient> {
  const client = graph.client();
  const { email, password } = graph.demoLogins.find(({ description }) => description.startsWith(who))!;
  await signIn(client, email, password);
  return client;
}

/** Has the background look once more until something holds. Each failed attempt counts as the last one. */
async function until<Found>(look: () => Promise<Found | undefined>): Promise<Found> {
  for (;;) {
    await database.query(
      `update bus.delivery set attempts = 7, available_at = now() where status = 'pending' and attempts between 1 and 6`,
    );
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('a fault in a subgraph', () => {
  it('leaves dead letters, which the super admin sees through the graph, and retries once it is mended', async () => {
    const admin = await as('super admin');
    await database.query('alter table messaging.recipient rename to recipient_away');
    const ada = await newcomer(graph.url, 'ada@example.com', 'Ada');
    const filter = { subgraph: 'messaging', consumer: 'messaging/registerRecipient' };
    const [letter] = await until(async () => {
      const { deadLetters } = await admin.queryData(LETTERS, { filter });
      // The list and its length are read one after the other, so one may know of it before the other does.
      const isThere = deadLetters.totalCount === 1 && deadLetters.edges.length === 1;
      return isThere ? deadLetters.edges.map((edge: { node: object }) => edge.node) : undefined;
    });
    expect(letter).toMatchObject({ data: { email: 'ada@example.com' }, actions: [] });
    expect(letter.lastError).toContain('recipient');
    expect(letter.lastError).not.toContain('ada@example.com');

    await database.query('alter table messaging.recipient_away rename to recipient');
    const { retryDeadLetters } = await admin.queryData(RETRY, { input: { filter } });
    const by = { name: expect.any(String) };
    expect(retryDeadLetters).toEqual({
      changedCount: 1,
      deadLetters: [{ state: 'RETRIED', actions: [{ decision: 'RETRY', by }] }],
    });
    const count = await until(
      async () => (await ada.queryData('{ me { unreadNotificationCount } }')).me.unreadNotificationCount || undefined,
    );
    expect(count).toBeGreaterThan(0);
    expect((await admin.queryData(LETTERS, { filter })).deadLetters.totalCount).toBe(0);
  }, 60_000);

  it.each(['owner', 'customer'])('shows the %s nothing, and lets them change nothing', async (who) => {
    const client = await as(who);
    const { data, errors } = await client.query(LETTERS);
    expect([data?.deadLetters ?? null, errors?.map((error) => error.extensions?.code)]).toEqual([null, ['FORBIDDEN']]);
    const change = await client.query(RETRY, { input: { filter: {} } });
    expect([change.data?.retryDeadLetters ?? null, change.errors?.[0]?.extensions?.code]).toEqual([null, 'FORBIDDEN']);
  });

  it('shows nobody anything who is not signed in', async () => {
    const { data, errors } = await graph.client().query(LETTERS);
    expect([data?.deadLetters ?? null, errors?.[0]?.extensions?.code]).toEqual([null, 'UNAUTHENTICATED']);
  });
});

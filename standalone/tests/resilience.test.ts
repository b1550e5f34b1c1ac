import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DistributedGraph, startDistributedGraph } from './support/distributed-graph.ts';
import type { GraphClient, GraphResult } from './support/graph.client.ts';
import { newcomer } from './support/people.ts';

const BOTH = `{
  me { email notifications(first: 5) { edges { node { title } } } unreadNotificationCount }
  notificationTypes { type }
}`;

let graph: DistributedGraph;
let ada: GraphClient;

beforeAll(async () => {
  graph = await startDistributedGraph();
  ada = await newcomer(graph.url, 'ada@example.com', 'Ada');
}, 60_000);

afterAll(() => graph?.stop());

async function timed(run: () => Promise<GraphResult>): Promise<GraphResult & { seconds: number }> {
  const startedAt = performance.now();
  return { ...(await run()), seconds: (performance.now() - startedAt) / 1000 };
}

/** Asks until the answer is whole again. Jest's own timeout ends a wait in vain. */
async function untilWhole(): Promise<GraphResult> {
  for (;;) {
    const answer = await ada.query(BOTH);
    if (!answer.errors) return answer;
  }
}

const noAddress = (answer: GraphResult) => {
  for (const service of [graph.identity, graph.messaging])
    expect(JSON.stringify(answer)).not.toContain(String(service.port));
  expect(JSON.stringify(answer)).not.toMatch(/127\.0\.0\.1|localhost|ECONN/);
};

describe('when a subgraph', () => {
  it('is killed, the fields of the others still answer, and it comes back without a restart of the gateway', async () => {
    await graph.messaging.end('SIGKILL');
    const answer = await timed(() => ada.query(BOTH));
    expect(answer.data).toEqual({
      me: { email: 'ada@example.com', notifications: null, unreadNotificationCount: null },
      notificationTypes: null,
    });
    expect(new Set(answer.errors?.map((error) => error.extensions?.code))).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']));
    expect(answer.errors?.[0]?.extensions?.subgraph).toBe('messaging');
    expect(answer.seconds).toBeLessThan(3);
    noAddress(answer);

    await graph.messaging.start();
    expect((await untilWhole()).data.me.notifications).not.toBeNull();
  }, 60_000);

  it('hangs, it is given up in time, and taken up again when it goes on', async () => {
    graph.messaging.signal('SIGSTOP');
    const answer = await timed(() => ada.query(BOTH));
    expect(answer.data.me.email).toBe('ada@example.com');
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'SUBGRAPH_TIMEOUT', subgraph: 'messaging' });
    expect(answer.seconds).toBeLessThan(3);
    noAddress(answer);

    graph.messaging.signal('SIGCONT');
    expect((await untilWhole()).data.me.notifications).not.toBeNull();
  }, 60_000);
});

describe('the gateway', () => {
  it('starts while a subgraph is down, and says so to operators', async () => {
    await graph.messaging.end('SIGKILL');
    await graph.gateway.end('SIGTERM');
    await graph.gateway.start();
    const health = await fetch(`http://127.0.0.1:${graph.gateway.port}/health/ready`);
    expect(await health.json()).toMatchObject({
      subgraphs: { identity: { status: 'up' }, messaging: { status: 'down' } },
    });
    expect((await ada.query('{ me { email } }')).data).toEqual({ me: { email: 'ada@example.com' } });
    await graph.messaging.start();
    await untilWhole();
  }, 60_000);

  it('believes tokens it has seen the key of while identity is away', async () => {
    await ada.queryData('{ me { email } notificationTypes { type } }');
    await graph.identity.end('SIGKILL');
    const answer = await ada.query('{ notificationTypes { type } }');
    expect(answer.errors).toBeUndefined();
  }, 60_000);
});

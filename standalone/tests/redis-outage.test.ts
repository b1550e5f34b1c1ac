import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWithRedis, RedisProxy } from '@supergraph/testkit';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { codeOf, type GraphClient } from './support/graph.client.ts';
import { NEW_DEVICES, signInOn } from './support/new-devices.ts';
import { newcomer } from './support/people.ts';
import { startTestSupergraph, type TestSupergraph } from './support/test-supergraph.ts';

const EMAIL = 'ada@example.com';
const LIMIT = 20;
const LIMITED = '{ unreadNotificationCount }';
const SUBSCRIPTION = 'subscription { notificationAdded { title user { name } } }';

describeWithRedis('When Redis is killed during load', (redisUrl) => {
  const proxy = new RedisProxy(redisUrl);
  const devices = [...NEW_DEVICES];
  let graph: TestSupergraph;
  let ada: GraphClient;
  let socket: Client;
  let load: Load;

  beforeAll(async () => {
    await proxy.open();
    const environment = { RATE_LIMITS: `Query.unreadNotificationCount=${LIMIT}/3600` };
    graph = await startTestSupergraph({ redisUrl: proxy.url, demoData: false, environment });
    ada = await newcomer(graph.url, EMAIL, 'Ada');
    socket = createClient({
      url: graph.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { Authorization: ada.authorization },
    });
    load = new Load(ada);
  }, 120_000);

  afterAll(async () => {
    await load?.end();
    await socket?.dispose();
    await graph?.stop();
    await proxy.close();
  });

  it('requests go on, limits hold in the gateway, subscriptions go on, and all is as before when it is back', async () => {
    const events = socket.iterate<{ notificationAdded: { user: object } }>({ query: SUBSCRIPTION });
    await untilSeen(events.next());
    for (let time = 0; time < 5; time += 1) expect(codeOf(await ada.query(LIMITED))).toBeUndefined();
    await load.has(20);
    expect(await isAlone()).toBe(false);

    await proxy.close();
    while (!(await isAlone())) await pause(20);
    const answers = await Promise.all(Array.from({ length: 40 }, () => ada.query(LIMITED)));
    expect(answers.map(codeOf).filter((code) => code === undefined)).toHaveLength(LIMIT - 5);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.map(codeOf)).toEqual(Array(25).fill('RATE_LIMITED'));
    const seen = await untilSeen(events.next());
    expect(seen.value?.data?.notificationAdded.user).toEqual({ name: 'Ada' });
    await load.has(20);

    await proxy.open();
    while (await isAlone()) await pause(20);
    expect(codeOf(await ada.query(LIMITED))).toBe('RATE_LIMITED');
    const again = await untilSeen(events.next());
    expect(again.value?.data?.notificationAdded.user).toEqual({ name: 'Ada' });
    expect(load.failures).toEqual([]);
  }, 120_000);

  /** Whether the gateway counts for itself, as its operator sees it. */
  async function isAlone(): Promise<boolean> {
    const metrics = await (await fetch(graph.url.replace('/graphql', '/metrics'))).text();
    return /^gateway_rates_alone 1$/m.test(metrics);
  }

  /** Has something to tell, until the subscription was in place early enough to hear it. */
  async function untilSeen<Event>(event: Promise<Event>): Promise<Event> {
    for (;;) {
      await signInOn(devices.shift()!, graph.url, EMAIL);
      const seen = await Promise.race([event, pause(5_000)]);
      if (seen) return seen;
    }
  }
});

/** Asks one thing after the other, of both subgraphs, and keeps what went wrong. */
class Load {
  readonly failures: unknown[] = [];
  #answered = 0;
  #ended = false;
  readonly #running: Promise<void>;

  constructor(client: GraphClient) {
    this.#running = this.#run(client);
  }

  /** Waits for so many more answers. */
  async has(answers: number): Promise<void> {
    const enough = this.#answered + answers;
    while (this.#answered < enough) await pause(5);
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#running;
  }

  async #run(client: GraphClient): Promise<void> {
    while (!this.#ended) {
      const { errors } = await client.query('{ me { email unreadNotificationCount } }');
      if (errors) this.failures.push(...errors);
      this.#answered += 1;
    }
  }
}

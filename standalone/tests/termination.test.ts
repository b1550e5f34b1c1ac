import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createSubgraphDatabase, type TestDatabase } from '@supergraph/testkit';
import { WebSocket } from 'ws';
import { definitions } from './support/definitions.ts';
import { type DistributedGraph, startDistributedGraph } from './support/distributed-graph.ts';
import type { GraphClient } from './support/graph.client.ts';
import { Load, type LoadedOperation } from './support/load.ts';
import { newcomer } from './support/people.ts';
import { freePort, Service } from './support/service.ts';

/** Without limits for one person, who is everybody here; patient, for the machine is busy; with a log that tells the end. */
const PATIENT = {
  ...{ REQUESTS_PER_ADDRESS: '0', REQUESTS_PER_PERSON: '0', COST_PER_MINUTE: '0' },
  ...{ SUBGRAPH_TIMEOUT_MS: '8000', LOG_LEVEL: 'info' },
};

const CLIENTS = 6;

const QUERY: LoadedOperation = {
  query: '{ me { email notifications(first: 3) { edges { node { title } } } unreadNotificationCount } }',
  isRight: ({ data, errors }) => !errors && data?.me?.email === 'ada@example.com' && data.me.notifications !== null,
};
const MUTATION: LoadedOperation = {
  query: 'mutation { markAllNotificationsRead { __typename } }',
  isRight: ({ data, errors }) => !errors && data?.markAllNotificationsRead?.__typename === 'AllNotificationsRead',
};

/** Subscribes and waits for how the socket is closed. */
async function subscribed(port: number, token: string): Promise<{ closed: Promise<number> }> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws');
  const closed = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { token } })));
    socket.once('message', () => resolve());
  });
  const query = 'subscription { notificationAdded { title } }';
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  return { closed };
}

interface Ending {
  readonly loads: readonly Load[];
  readonly sockets: readonly Promise<number>[];
  readonly exitCode: number | null;
  /** Requests that the gateway had begun and not answered, as its log has it. */
  readonly unanswered: unknown;
  readonly seconds: number;
}

/** Loads a gateway, tells its process to stop in the middle of it, and waits until nobody is served any more. */
async function endUnderLoad(service: Service, ada: GraphClient): Promise<Ending> {
  const { port } = service;
  const authorization = ada.authorization!;
  const operations = [QUERY, QUERY, MUTATION];
  const sockets: Promise<number>[] = [];
  for (let index = 0; index < 5; index += 1) sockets.push((await subscribed(port, authorization.slice(7))).closed);
  const loads = [true, false].map(
    (keepAlive) => new Load({ port, authorization, operations, clients: CLIENTS, keepAlive }),
  );
  while (loads.some(({ answered }) => answered < 30)) await pause(20);
  const startedAt = performance.now();
  const exitCode = await service.end('SIGTERM');
  const seconds = (performance.now() - startedAt) / 1000;
  await Promise.all(loads.map(({ ended }) => ended));
  const unanswered = /"unanswered":(\d+)/.exec(service.output)?.[1];
  return { loads, sockets, exitCode, unanswered, seconds };
}

async function expectNothingLost({ loads, sockets, exitCode, unanswered, seconds }: Ending): Promise<void> {
  expect(loads.flatMap(({ failures }) => failures).slice(0, 3)).toEqual([]);
  // With it each reset is known to be of a connection that was never accepted: one for each client, and nobody listens.
  expect(unanswered).toBe('0');
  for (const { resets } of loads) expect(resets).toBeLessThanOrEqual(CLIENTS);
  expect(await Promise.all(sockets)).toEqual([1001, 1001, 1001, 1001, 1001]);
  expect(exitCode).toBe(0);
  expect(seconds).toBeLessThan(30);
}

describe('told to stop under load,', () => {
  describe('the gateway', () => {
    let graph: DistributedGraph;
    let ada: GraphClient;

    beforeAll(async () => {
      graph = await startDistributedGraph({ gateway: PATIENT });
      ada = await newcomer(graph.url, 'ada@example.com', 'Ada');
    }, 240_000);

    afterAll(() => graph?.stop());

    it('answers whatever was sent, says on each connection that it was the last, and closes sockets with 1001', async () => {
      const ending = await endUnderLoad(graph.gateway, ada);
      await expectNothingLost(ending);
      expect(ending.loads[0]!.lastOnConnection).toBeGreaterThan(0);
    }, 240_000);

    it('and a subgraph behind it: whoever asks meanwhile gets a whole answer or a coded error, and it comes back', async () => {
      await graph.gateway.start();
      const known = ['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_TIMEOUT'];
      const operations = [QUERY, QUERY, MUTATION].map(({ query, isRight }): LoadedOperation => ({
        query,
        isRight: (answer) =>
          answer.errors?.every((error) => known.includes((error as any).extensions.code)) ?? isRight(answer),
      }));
      const { port } = graph.gateway;
      const load = new Load({ port, authorization: ada.authorization!, operations, clients: CLIENTS, keepAlive: true });
      while (load.answered < 30) await pause(20);
      const startedAt = performance.now();
      expect(await graph.messaging.end('SIGTERM')).toBe(0);
      expect(performance.now() - startedAt).toBeLessThan(30_000);
      await graph.messaging.start();
      for (let whole = false; !whole;) whole = QUERY.isRight(await ada.query(QUERY.query));
      await load.stop();
      expect(load.failures.slice(0, 3)).toEqual([]);
    }, 240_000);
  });

  describe('a gateway behind a load balancer', () => {
    let graph: DistributedGraph;

    afterEach(() => graph?.stop());

    it('first says that it is not ready, and serves until the load balancer has noticed', async () => {
      graph = await startDistributedGraph({ gateway: { ...PATIENT, SHUTDOWN_DELAY_MS: '1500' } });
      const url = `http://127.0.0.1:${graph.gateway.port}`;
      const ended = graph.gateway.end('SIGTERM');
      for (let status = 200; status !== 503;) status = (await fetch(`${url}/health/ready`)).status;
      const response = await fetch(`${url}/graphql?query={__typename}`);
      expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
      expect(response.headers.get('connection')).toBe('close');
      expect(await ended).toBe(0);
      await expect(fetch(`${url}/health/ready`)).rejects.toThrow('fetch failed');
    }, 240_000);
  });

  describe('everything in one process', () => {
    let database: TestDatabase;
    let service: Service;

    beforeAll(async () => {
      database = await createSubgraphDatabase(definitions);
      const secret = 'a secret that only this test of the one process uses';
      service = new Service({
        entry: 'standalone/dist/main.js',
        port: await freePort(),
        environment: {
          ...{ DATABASE_URL: database.url, DEMO_DATA: 'false', ...PATIENT },
          ...{ SUBGRAPH_SIGNING_SECRET: secret, SEALING_SECRETS: secret },
        },
      });
      await service.start();
    }, 240_000);

    afterAll(async () => {
      await service?.end('SIGKILL');
      await database?.drop();
    });

    it('answers whatever was sent: the subgraphs go last', async () => {
      const ada = await newcomer(`http://127.0.0.1:${service.port}/graphql`, 'ada@example.com', 'Ada');
      await expectNothingLost(await endUnderLoad(service, ada));
    }, 240_000);
  });
});

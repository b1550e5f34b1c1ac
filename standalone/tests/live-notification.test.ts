import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { type DistributedGraph, startDistributedGraph } from './support/distributed-graph.ts';
import type { GraphClient } from './support/graph.client.ts';
import { NEW_DEVICES, signInOn } from './support/new-devices.ts';
import { newcomer } from './support/people.ts';

const SUBSCRIPTION = 'subscription { notificationAdded { title user { name avatarUrl } } }';

let graph: DistributedGraph;
let ada: GraphClient;
let socket: Client;

beforeAll(async () => {
  graph = await startDistributedGraph();
  ada = await newcomer(graph.url, 'ada@example.com', 'Ada Lovelace');
  socket = createClient({
    url: graph.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: () => ({ Authorization: ada.authorization }),
    retryAttempts: 100,
    // Also when nobody listens at all, as while the gateway starts again.
    shouldRetry: () => true,
    retryWait: () => pause(100),
  });
  // The welcome of her registration must not be taken for the event under test.
  await untilTitles(1);
}, 60_000);

afterAll(async () => {
  await socket?.dispose();
  await graph?.stop();
});

interface Edge {
  readonly cursor: string;
  readonly node: { readonly title: string };
}

async function list(args: string): Promise<Edge[]> {
  const { me } = await ada.queryData(`{ me { notifications(${args}) { edges { cursor node { title } } } } }`);
  return me.notifications.edges;
}

async function untilTitles(count: number): Promise<Edge[]> {
  for (;;) {
    const edges = await list('first: 20');
    if (edges.length >= count) return edges;
    await pause(20);
  }
}

const devices = [...NEW_DEVICES];

/** Signs in on one new device after the other, until the subscription was in place early enough to see one. */
async function untilSeen<Event>(event: Promise<Event>): Promise<Event> {
  for (;;) {
    await signInOn(devices.shift()!, graph.url, 'ada@example.com');
    const seen = await Promise.race([event, pause(2_000)]);
    if (seen) return seen;
  }
}

describe('a live notification', () => {
  it('comes from messaging and carries fields of identity; what a restart of the gateway hid is read by cursor', async () => {
    const newest = (await list('first: 1'))[0]!;
    const events = socket.iterate<{ notificationAdded: { title: string; user: object } }>({ query: SUBSCRIPTION });
    const first = await untilSeen(events.next());
    expect(first.value?.data?.notificationAdded).toEqual({
      title: expect.any(String),
      user: { name: 'Ada Lovelace', avatarUrl: null },
    });

    await graph.gateway.end('SIGKILL');
    await graph.gateway.start();
    const second = await untilSeen(events.next());
    expect(second.value?.data?.notificationAdded.user).toMatchObject({ name: 'Ada Lovelace' });

    const all = await list('first: 20');
    const missed = await list(`last: 20, before: "${newest.cursor}"`);
    expect(missed).toEqual(
      all.slice(
        0,
        all.findIndex((edge) => edge.cursor === newest.cursor),
      ),
    );
    expect(missed.length).toBeGreaterThanOrEqual(2);
  }, 60_000);
});

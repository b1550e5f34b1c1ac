import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { eventually } from './support/eventually.ts';
import { LiveGateway } from './support/live-gateway.ts';
import { Newsroom } from './support/newsroom.ts';
import { RawSocket } from './support/raw-socket.ts';

const STORIES = 'subscription { storyPublished { title } }';

describe('the protocol of client sockets', () => {
  let newsroom: Newsroom;
  let gateway: LiveGateway;
  const opened: RawSocket[] = [];

  beforeAll(async () => {
    newsroom = await new Newsroom().start();
    gateway = await LiveGateway.start([newsroom.stories, newsroom.people], {
      settings: {
        socketKeepAliveMs: 400,
        socketFrameLimit: 4_096,
        maxOperationsPerSocket: 3,
      },
      execute: async ({ query, variables }) => {
        if (query.includes('{')) return { data: { asked: query, variables } };
        return { errors: [{ message: 'Syntax Error', extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] };
      },
    });
  });

  afterEach(async () => {
    for (const { socket } of opened.splice(0)) socket.terminate();
    await newsroom.hasReaders(0);
  });

  afterAll(async () => {
    await gateway.stop();
    await newsroom.stop();
  });

  async function open(protocols?: string[]): Promise<RawSocket> {
    const socket = await RawSocket.open(gateway.url, protocols);
    opened.push(socket);
    return socket;
  }

  async function initialised(): Promise<RawSocket> {
    const socket = await RawSocket.initialised(gateway.url);
    opened.push(socket);
    return socket;
  }

  it('lets an id be used again right after its subscription was completed', async () => {
    const socket = await initialised();
    socket.subscribe('1', STORIES);
    await newsroom.hasReaders(1);
    const before = newsroom.stories.subscribed.length;
    socket.send({ id: '1', type: 'complete' });
    socket.subscribe('1', STORIES);
    await eventually(() => newsroom.stories.subscribed.length > before);
    await newsroom.hasReaders(1);
    newsroom.publish({ id: '1', title: 'Rain', authorId: 'ada' });
    expect(await socket.receive()).toEqual({
      id: '1',
      type: 'next',
      payload: { data: { storyPublished: { title: 'Rain' } } },
    });
  });

  it('ignores the end of an operation that it does not know', async () => {
    const socket = await initialised();
    socket.send({ id: 'unknown', type: 'complete' });
    socket.send({ type: 'ping' });
    expect(await socket.receive()).toEqual({ type: 'pong' });
  });

  it('answers a ping before the handshake, and without what came with it', async () => {
    const socket = await open();
    socket.send({ type: 'ping', payload: { token: 'secret' } });
    expect(await socket.receive()).toEqual({ type: 'pong' });
  });

  it('executes queries and mutations with the executor of HTTP, and completes', async () => {
    const socket = await initialised();
    socket.send({ id: '1', type: 'subscribe', payload: { query: '{ latestTitle }', variables: { a: 1 } } });
    expect(await socket.receive()).toEqual({
      id: '1',
      type: 'next',
      payload: { data: { asked: '{ latestTitle }', variables: { a: 1 } } },
    });
    expect(await socket.receive()).toEqual({ id: '1', type: 'complete' });
  });

  it('sends an error when the executor refuses a request', async () => {
    const socket = await initialised();
    socket.subscribe('1', 'not graphql');
    expect(await socket.receive()).toEqual({
      id: '1',
      type: 'error',
      payload: [{ message: 'Syntax Error', extensions: { code: 'GRAPHQL_PARSE_FAILED' } }],
    });
  });

  it('ends all subscriptions at their publisher when the socket breaks', async () => {
    const socket = await initialised();
    for (const id of ['1', '2', '3']) socket.subscribe(id, STORIES);
    await newsroom.hasReaders(3);
    socket.socket.terminate();
    await newsroom.hasReaders(0);
    expect(await gateway.metric('gateway_subscriptions_active')).toBe(0);
  });

  it('drops a peer that answers no pings, and keeps one that does', async () => {
    const alive = await initialised();
    const dead = await initialised();
    dead.subscribe('1', STORIES);
    await newsroom.hasReaders(1);
    // A paused reader does not even see the pings.
    dead.socket.pause();
    await newsroom.hasReaders(0);
    await sleep(150);
    expect(alive.socket.readyState).toBe(WebSocket.OPEN);
  });

  it('takes nothing that is nested without end', async () => {
    const nested = '{a'.repeat(500) + '}'.repeat(500);
    const asking = await initialised();
    asking.subscribe('1', nested);
    expect(await asking.receive()).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'BAD_REQUEST' } }] });
    const sending = await initialised();
    sending.send(
      `{"id":"1","type":"subscribe","payload":{"query":"{a}","variables":{"a":${'['.repeat(500)}${']'.repeat(500)}}}}`,
    );
    expect((await sending.closed).code).toBe(4400);
  });
});

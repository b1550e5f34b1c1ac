import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ErrorCode } from '@supergraph/protocol';
import type { RefusedRequest } from '../src/guard/refusal.log.ts';
import { LiveGateway } from './support/live-gateway.ts';
import { Newsroom } from './support/newsroom.ts';
import { RawSocket } from './support/raw-socket.ts';
import { authenticate, tokenFor } from './support/user-token.ts';

const STORIES = 'subscription { storyPublished { title } }';

describe('somebody who attacks through a socket', () => {
  let newsroom: Newsroom;
  let gateway: LiveGateway;
  const opened: RawSocket[] = [];
  const refused: RefusedRequest[] = [];

  beforeAll(async () => {
    newsroom = await new Newsroom().start();
    gateway = await LiveGateway.start([newsroom.stories, newsroom.people], {
      authenticate,
      refusals: { record: (refusal) => void refused.push(refusal) },
      settings: { socketMessagesPerSecond: 2_000 },
    });
  });

  afterEach(async () => {
    for (const { socket } of opened.splice(0)) socket.terminate();
    refused.length = 0;
    await newsroom.hasReaders(0);
  });

  afterAll(async () => {
    await gateway.stop();
    await newsroom.stop();
  });

  async function initialised(token?: string): Promise<RawSocket> {
    const socket = await RawSocket.initialised(gateway.url, token === undefined ? undefined : { token });
    opened.push(socket);
    return socket;
  }

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', ' ', '\u0000'])(
    'with the id %j gets an operation like any other',
    async (id) => {
      const socket = await initialised();
      socket.subscribe(id, STORIES);
      await newsroom.hasReaders(1);
      newsroom.publish({ id: '1', title: 'Rain', authorId: 'ada' });
      expect(await socket.receive()).toMatchObject({ id, type: 'next' });
      socket.send({ id, type: 'complete' });
      await newsroom.hasReaders(0);
      expect(({} as Record<string, unknown>).abort).toBeUndefined();
    },
  );

  it('with prototypes in the payload changes nobody’s objects', async () => {
    const socket = await initialised();
    socket.send('{"type":"ping","payload":{"__proto__":{"token":"x","polluted":true}}}');
    expect(await socket.receive()).toEqual({ type: 'pong' });
    socket.send(
      `{"id":"1","type":"subscribe","payload":{"query":"${STORIES}","variables":{"__proto__":{"polluted":true}}}}`,
    );
    await newsroom.hasReaders(1);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('with 1,000 operations at once is closed with 4429, and none of them goes on', async () => {
    const socket = await initialised();
    for (let i = 0; i < 1_000; i++) socket.subscribe(String(i), STORIES);
    expect(await socket.closed).toEqual({ code: 4429, reason: 'Too many operations' });
    await newsroom.hasReaders(0);
    expect(await gateway.metric('gateway_subscriptions_active')).toBe(0);
  });

  it('with 1,000 that each begin and end does not leave anything behind', async () => {
    const socket = await initialised();
    for (let i = 0; i < 900; i++) {
      socket.subscribe('again', STORIES);
      socket.send({ id: 'again', type: 'complete' });
    }
    socket.send({ type: 'ping' });
    expect(await socket.receive()).toEqual({ type: 'pong' });
    await newsroom.hasReaders(0);
    expect(await gateway.metric('gateway_subscriptions_active')).toBe(0);
  });

  it('with a message of 10 MB is closed before it has come', async () => {
    const socket = await RawSocket.open(gateway.url);
    opened.push(socket);
    const before = process.memoryUsage().external;
    const nested = `${'{"a":'.repeat(2_000_000)}1${'}'.repeat(2_000_000)}`;
    socket.send(`{"type":"connection_init","payload":${nested}}`);
    expect((await socket.closed).code).toBe(1009);
    expect(process.memoryUsage().external - before).toBeLessThan(30 * 1024 * 1024);
  });

  it.each<[string, (user: string) => string]>([
    ["another user's token", () => tokenFor(randomUUID())],
    ["another session's token", (user) => tokenFor(user, 900, { sid: randomUUID() })],
    ['a token for another organization', (user) => tokenFor(user, 900, { org: randomUUID() })],
    ["an API key's token", (user) => tokenFor(user, 900, { key: randomUUID() })],
    [
      'a token of somebody who works in the name of the user',
      (user) => tokenFor(user, 900, { act: { sub: randomUUID() } }),
    ],
  ])('cannot go on with %s', async (_, token) => {
    const user = randomUUID();
    const socket = await initialised(tokenFor(user));
    socket.subscribe('1', STORIES);
    await newsroom.hasReaders(1);
    socket.send({ type: 'ping', payload: { token: token(user) } });
    expect((await socket.closed).code).toBe(4403);
    await newsroom.hasReaders(0);
  });

  it('is written down, with who they are and where they come from, and nothing of what they sent', async () => {
    const user = randomUUID();
    const socket = await initialised(tokenFor(user));
    socket.send('a canary that must not be logged');
    await socket.closed;
    await expect(
      RawSocket.open(gateway.url, undefined, { headers: { origin: 'https://canary.example' } }),
    ).rejects.toThrow('403');
    expect(refused).toMatchObject([
      {
        code: ErrorCode.BAD_REQUEST,
        reason: 'Socket closed with 4400: invalid_message',
        context: { claims: { sub: user }, clientAddress: '127.0.0.1' },
      },
      { code: ErrorCode.FORBIDDEN, reason: 'Upgrade refused: origin', context: { clientAddress: '127.0.0.1' } },
    ]);
    expect(JSON.stringify(refused.map(({ code, reason }) => [code, reason]))).not.toContain('canary');
  });

  it('is not, when they merely come back later', async () => {
    const socket = await initialised();
    socket.socket.close();
    await socket.closed;
    expect(refused).toEqual([]);
  });
});

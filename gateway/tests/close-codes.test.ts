import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { VerificationKeysUnavailable } from '@supergraph/protocol';
import { LiveGateway } from './support/live-gateway.ts';
import { Newsroom } from './support/newsroom.ts';
import { RawSocket } from './support/raw-socket.ts';
import { authenticate, tokenFor } from './support/user-token.ts';

const STORIES = 'subscription { storyPublished { title } }';
const KEYS_ARE_AWAY = 'a token that cannot be judged now';

describe('a socket is closed with', () => {
  let newsroom: Newsroom;
  let gateway: LiveGateway;
  /** Has no patience. Apart from the other, which must not lose it on a busy machine. */
  let hasty: LiveGateway;
  const opened: RawSocket[] = [];

  beforeAll(async () => {
    newsroom = await new Newsroom().start();
    gateway = await LiveGateway.start([newsroom.stories, newsroom.people], {
      settings: {
        socketFrameLimit: 4_096,
        socketInitLimit: 2_048,
        maxOperationsPerSocket: 3,
        socketMessagesPerSecond: 20,
        maxSocketsPerUser: 2,
      },
      authenticate: async (authorization) => {
        if (authorization === `Bearer ${KEYS_ARE_AWAY}`) throw new VerificationKeysUnavailable('Nobody answers');
        return authenticate(authorization);
      },
      execute: async () => {
        throw new TypeError("Cannot read properties of undefined (reading 'secret')");
      },
    });
    hasty = await LiveGateway.start([newsroom.stories, newsroom.people], {
      settings: { socketInitTimeoutMs: 500, socketIdleTimeoutMs: 500 },
    });
  });

  afterEach(async () => {
    for (const { socket } of opened.splice(0)) socket.terminate();
    await newsroom.hasReaders(0);
  });

  afterAll(async () => {
    await Promise.all([gateway.stop(), hasty.stop()]);
    await newsroom.stop();
  });

  async function open(protocols?: string[], url = gateway.url): Promise<RawSocket> {
    const socket = await RawSocket.open(url, protocols);
    opened.push(socket);
    return socket;
  }

  async function initialised(token?: string, url = gateway.url): Promise<RawSocket> {
    const socket = await RawSocket.initialised(url, token === undefined ? undefined : { token });
    opened.push(socket);
    return socket;
  }

  async function subscribed(token?: string, url = gateway.url): Promise<RawSocket> {
    const socket = await initialised(token, url);
    socket.subscribe('1', STORIES);
    await newsroom.hasReaders(1);
    return socket;
  }

  it('1000 when it had no operation for a long time', async () => {
    const busy = await subscribed(undefined, hasty.url);
    const idle = await initialised(undefined, hasty.url);
    expect(await idle.closed).toEqual({ code: 1000, reason: 'Nothing was asked for a long time' });
    expect(busy.socket.readyState).toBe(busy.socket.OPEN);
    busy.send({ id: '1', type: 'complete' });
    expect((await busy.closed).code).toBe(1000);
  });

  it('1001 when the gateway stops', async () => {
    const stopping = await LiveGateway.start([newsroom.stories, newsroom.people]);
    const socket = await RawSocket.initialised(stopping.url);
    await stopping.stop();
    expect(await socket.closed).toEqual({ code: 1001, reason: 'Going away' });
  });

  it('1007 on text that is not UTF-8', async () => {
    const socket = await initialised();
    socket.socket.send(Buffer.from([0xc3, 0x28]), { binary: false });
    expect((await socket.closed).code).toBe(1007);
  });

  describe('1009 on a message that is too large', () => {
    it('for anybody', async () => {
      const socket = await initialised();
      socket.subscribe('1', `${STORIES} # ${'x'.repeat(5_000)}`);
      expect((await socket.closed).code).toBe(1009);
    });

    it('for somebody who has not said yet who they are', async () => {
      const socket = await open();
      socket.send({ type: 'connection_init', payload: { token: 'x'.repeat(3_000) } });
      expect(await socket.closed).toEqual({ code: 1009, reason: 'The initialisation is too large' });
    });
  });

  it('1013 when a token cannot be judged now', async () => {
    const socket = await open();
    socket.send({ type: 'connection_init', payload: { token: KEYS_ARE_AWAY } });
    expect(await socket.closed).toEqual({ code: 1013, reason: 'Try again later' });
  });

  describe('4400 on', () => {
    it.each<[string, string | Buffer | object]>([
      ['what is not JSON', 'hello'],
      ['JSON that is no message', '[]'],
      ['an unknown type', { type: 'start' }],
      ['a subscription without an id', { type: 'subscribe', payload: { query: STORIES } }],
      ['an empty id', { id: '', type: 'subscribe', payload: { query: STORIES } }],
      ['an id without end', { id: 'x'.repeat(129), type: 'subscribe', payload: { query: STORIES } }],
      ['a subscription without a document', { id: '1', type: 'subscribe', payload: {} }],
      ["a message that is the server's to send", { id: '1', type: 'next', payload: {} }],
      ['a message that is nested without end', `{"type":"ping","payload":${'{"a":'.repeat(500)}1${'}'.repeat(501)}`],
      ['a binary message', Buffer.from('{"type":"ping"}')],
    ])('%s', async (_, message) => {
      const socket = await initialised();
      socket.socket.send(Buffer.isBuffer(message) || typeof message === 'string' ? message : JSON.stringify(message));
      expect((await socket.closed).code).toBe(4400);
    });
  });

  it('4401 when an operation comes before the acknowledgement', async () => {
    const [early, eager] = [await open(), await open()];
    early.subscribe('1', STORIES);
    expect(await early.closed).toEqual({ code: 4401, reason: 'Unauthorized' });
    eager.send({ type: 'connection_init', payload: { token: tokenFor() } });
    eager.subscribe('1', STORIES);
    expect((await eager.closed).code).toBe(4401);
  });

  describe('4403 when', () => {
    it('the token does not hold', async () => {
      const socket = await open();
      socket.send({ type: 'connection_init', payload: { token: tokenFor(undefined, -1) } });
      expect(await socket.closed).toEqual({ code: 4403, reason: 'Forbidden' });
    });

    it('the token expires', async () => {
      const socket = await subscribed(tokenFor(undefined, 2));
      expect(await socket.closed).toEqual({ code: 4403, reason: 'The token has expired' });
    });

    it('a subgraph says that the session is over, after it has told the operation', async () => {
      const socket = await subscribed(tokenFor());
      newsroom.signOut();
      expect(await socket.receive()).toMatchObject({
        id: '1',
        type: 'error',
        payload: [{ message: 'Sign in again', extensions: { code: 'UNAUTHENTICATED' } }],
      });
      expect(await socket.closed).toEqual({ code: 4403, reason: 'The session has ended' });
    });

    it('not, when a stranger is told to sign in', async () => {
      const socket = await subscribed();
      newsroom.signOut();
      expect(await socket.receive()).toMatchObject({ type: 'error' });
      socket.send({ type: 'ping' });
      expect(await socket.receive()).toEqual({ type: 'pong' });
    });
  });

  it('4406 without the subprotocol', async () => {
    const socket = await open([]);
    expect(await socket.closed).toEqual({ code: 4406, reason: 'Subprotocol not acceptable' });
  });

  it('4408 when the initialisation does not come', async () => {
    const socket = await open(undefined, hasty.url);
    expect(await socket.closed).toEqual({ code: 4408, reason: 'Connection initialisation timeout' });
  });

  it('4409 when an id is in use', async () => {
    const socket = await initialised();
    socket.subscribe('1', STORIES);
    socket.subscribe('1', STORIES);
    expect(await socket.closed).toEqual({ code: 4409, reason: 'Subscriber already exists' });
  });

  describe('4429 on', () => {
    it('a second initialisation, however soon', async () => {
      const socket = await open();
      socket.send({ type: 'connection_init' });
      socket.send({ type: 'connection_init' });
      expect(await socket.closed).toEqual({ code: 4429, reason: 'Too many initialisation requests' });
    });

    it('more operations than a socket may have', async () => {
      const socket = await initialised();
      for (const id of ['1', '2', '3', '4']) socket.subscribe(id, STORIES);
      expect(await socket.closed).toEqual({ code: 4429, reason: 'Too many operations' });
    });

    it.each<[string, (socket: RawSocket) => void]>([
      ['messages', (socket) => socket.send({ type: 'ping' })],
      ['pings of the WebSocket', ({ socket }) => socket.ping()],
      ['pongs that nobody asked for', ({ socket }) => socket.pong()],
    ])('more %s than a second may have', async (_, send) => {
      const socket = await open();
      for (let i = 0; i < 21; i++) send(socket);
      expect(await socket.closed).toEqual({ code: 4429, reason: 'Too many messages' });
    });

    it('more sockets than a user may have, which are the newest', async () => {
      const user = randomUUID();
      const first = await subscribed(tokenFor(user));
      const second = await initialised(tokenFor(user));
      const third = await open();
      third.send({ type: 'connection_init', payload: { token: tokenFor(user) } });
      expect(await third.closed).toEqual({ code: 4429, reason: 'Too many sockets' });
      second.socket.close();
      await second.closed;
      first.send({ type: 'ping' });
      expect(await first.receive()).toEqual({ type: 'pong' });
      await initialised(tokenFor(user));
      await initialised(tokenFor());
    });
  });

  it('4500 when something breaks in us, without a word of what', async () => {
    const socket = await initialised();
    socket.subscribe('1', '{ latestTitle }');
    expect(await socket.closed).toEqual({ code: 4500, reason: 'Internal server error' });
  });
});

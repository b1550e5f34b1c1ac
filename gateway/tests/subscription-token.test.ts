import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { LiveGateway } from './support/live-gateway.ts';
import { Newsroom } from './support/newsroom.ts';
import { RawSocket } from './support/raw-socket.ts';
import { authenticate, tokenFor } from './support/user-token.ts';

const WITH_AUTHOR = 'subscription { storyPublished { title author { name } } }';

describe('the token of a socket', () => {
  let newsroom: Newsroom;
  let gateway: LiveGateway;
  const opened: RawSocket[] = [];

  beforeAll(async () => {
    newsroom = await new Newsroom().start();
    gateway = await LiveGateway.start([newsroom.stories, newsroom.people], { authenticate });
  });

  afterEach(async () => {
    for (const { socket } of opened.splice(0)) socket.terminate();
    await newsroom.hasReaders(0);
  });

  afterAll(async () => {
    await gateway.stop();
    await newsroom.stop();
  });

  async function initialised(payload?: Record<string, unknown>): Promise<RawSocket> {
    const socket = await RawSocket.initialised(gateway.url, payload);
    opened.push(socket);
    return socket;
  }

  async function refused(payload: Record<string, unknown>): Promise<number> {
    const socket = await RawSocket.open(gateway.url);
    opened.push(socket);
    socket.send({ type: 'connection_init', payload });
    return (await socket.closed).code;
  }

  it.each([
    ['Authorization', (token: string) => ({ Authorization: `Bearer ${token}` })],
    ['authorization', (token: string) => ({ authorization: `Bearer ${token}` })],
    ['token', (token: string) => ({ token })],
  ])('is taken from %s and handed to every subgraph', async (_, payload) => {
    const token = tokenFor();
    const socket = await initialised(payload(token));
    socket.subscribe('1', WITH_AUTHOR);
    await newsroom.hasReaders(1);
    newsroom.publish({ id: '1', title: 'Rain', authorId: 'ada' });
    await socket.receive();
    expect(newsroom.stories.subscribed.at(-1)?.extensions).toMatchObject({
      authorization: `Bearer ${token}`,
      correlationId: expect.any(String),
      clientAddress: '127.0.0.1',
    });
    expect(newsroom.people.authorizations.at(-1)).toBe(`Bearer ${token}`);
  });

  it('may be missing', async () => {
    const socket = await initialised();
    socket.subscribe('1', WITH_AUTHOR);
    await newsroom.hasReaders(1);
    expect(newsroom.stories.subscribed.at(-1)?.extensions).not.toHaveProperty('authorization');
  });

  it.each([
    ['tampered with', () => `${tokenFor().slice(0, -8)}AAAAAAAA`],
    ['expired', () => tokenFor(undefined, -1)],
    ['no token at all', () => 'hello'],
  ])('closes the socket with 4403 when it is %s', async (_, token) => {
    expect(await refused({ token: token() })).toBe(4403);
  });

  it('closes the socket with 4403 when it expires, and ends the subscriptions', async () => {
    const socket = await initialised({ token: tokenFor(undefined, 1) });
    socket.subscribe('1', WITH_AUTHOR);
    await newsroom.hasReaders(1);
    expect(await socket.closed).toEqual({ code: 4403, reason: 'The token has expired' });
    await newsroom.hasReaders(0);
  });

  it('can be refreshed by a ping, and the fresh one is used from then on', async () => {
    const user = randomUUID();
    const socket = await initialised({ token: tokenFor(user, 1) });
    socket.subscribe('1', WITH_AUTHOR);
    await newsroom.hasReaders(1);
    const fresh = tokenFor(user, 600);
    socket.send({ type: 'ping', payload: { token: fresh } });
    expect(await socket.receive()).toEqual({ type: 'pong' });
    await sleep(1_200);
    newsroom.publish({ id: '1', title: 'Rain', authorId: 'ada' });
    expect(await socket.receive()).toMatchObject({ type: 'next' });
    expect(newsroom.people.authorizations.at(-1)).toBe(`Bearer ${fresh}`);
  });

  it.each([
    ["another user's", () => tokenFor(randomUUID())],
    ['not valid', () => tokenFor(undefined, -1)],
  ])('closes the socket with 4403 when the one in a ping is %s', async (_, token) => {
    const socket = await initialised({ token: tokenFor() });
    socket.send({ type: 'ping', payload: { token: token() } });
    expect((await socket.closed).code).toBe(4403);
  });

  it('cannot be given to a socket that was opened without one', async () => {
    const socket = await initialised();
    socket.send({ type: 'ping', payload: { token: tokenFor() } });
    expect((await socket.closed).code).toBe(4403);
  });
});

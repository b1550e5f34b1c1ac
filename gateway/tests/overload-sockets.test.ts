import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from './support/eventually.ts';
import { LiveGateway } from './support/live-gateway.ts';
import { Newsroom } from './support/newsroom.ts';
import { RawSocket } from './support/raw-socket.ts';

const STORIES = 'subscription { storyPublished { title } }';

describe('The sockets of an overloaded gateway', () => {
  let newsroom: Newsroom;
  let gateway: LiveGateway;
  let socket: RawSocket;
  let heapUsed: number;
  let answer: () => void;

  beforeEach(async () => {
    heapUsed = 0;
    newsroom = await new Newsroom().start();
    gateway = await LiveGateway.start([newsroom.stories, newsroom.people], {
      vitals: { heapUsed: () => heapUsed, heapLimit: 1_000, now: () => performance.now() },
      execute: () => new Promise((resolve) => (answer = () => resolve({ data: { latestTitle: 'Rain' } }))),
    });
    socket = await RawSocket.initialised(gateway.url);
    socket.subscribe('running', STORIES);
    await newsroom.hasReaders(1);
    // One operation at a time goes on, so there has to be one.
    socket.subscribe('query', '{ latestTitle }');
    heapUsed = 900;
    await eventually(async () => (await RawSocket.open(gateway.url).catch(() => 'refused')) === 'refused');
  });

  afterEach(async () => {
    socket.socket.terminate();
    await gateway.stop();
    await newsroom.stop();
  });

  it('take on nothing new, over old sockets and new ones, and say so', async () => {
    await expect(RawSocket.open(gateway.url)).rejects.toThrow('503');
    const extensions = { code: 'OVERLOADED', retryAfter: 1 };
    for (const operation of ['{ latestTitle }', STORIES]) {
      socket.subscribe('new', operation);
      expect(await socket.receive()).toMatchObject({ id: 'new', type: 'error', payload: [{ extensions }] });
    }
    heapUsed = 100;
    await eventually(async () => (await RawSocket.open(gateway.url).catch(() => 'refused')) !== 'refused');
  });

  it('still carry pings, what is under way and the events of running subscriptions', async () => {
    socket.send({ type: 'ping' });
    expect(await socket.receive()).toEqual({ type: 'pong' });
    newsroom.publish({ id: '1', title: 'Sun', authorId: 'ada' });
    expect(await socket.receive()).toMatchObject({
      id: 'running',
      payload: { data: { storyPublished: { title: 'Sun' } } },
    });
    answer();
    expect(await socket.receive()).toMatchObject({ id: 'query', payload: { data: { latestTitle: 'Rain' } } });
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { eventually } from './support/eventually.ts';
import { LiveGateway } from './support/live-gateway.ts';
import { Newsroom } from './support/newsroom.ts';
import { RawSocket } from './support/raw-socket.ts';

const STORIES = 'subscription { storyPublished { title } }';
const WITH_AUTHOR = 'subscription { storyPublished { title author { name } } }';
const MEGABYTE = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is really held, in bytes: garbage does not count. */
function bytesInUse(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** How many bytes more are held than before, once that is below a limit or 10 seconds have not helped. */
async function settledBelow(limit: number, before: number): Promise<number> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const grown = bytesInUse() - before;
    if (grown < limit || performance.now() > deadline) return grown;
    // A busy machine is slow to close the sockets that were cut, and what they hold is not garbage until then.
    await sleep(100);
  }
}

describe('a client that does not read', () => {
  let newsroom: Newsroom;
  let gateway: LiveGateway;
  const opened: RawSocket[] = [];

  beforeEach(async () => {
    newsroom = await new Newsroom().start();
    gateway = await LiveGateway.start([newsroom.stories, newsroom.people], {
      settings: { socketWaitingEvents: 200, socketWaitingBytes: MEGABYTE, socketCloseTimeoutMs: 15_000 },
    });
  });

  afterEach(async () => {
    for (const { socket } of opened.splice(0)) socket.terminate();
    await gateway.stop();
    await newsroom.stop();
  });

  async function subscribed(query: string): Promise<RawSocket> {
    const socket = await RawSocket.initialised(gateway.url);
    opened.push(socket);
    socket.subscribe('1', query);
    return socket;
  }

  /** Publishes large stories until the gateway has cut somebody off; gives up after `limit` stories. */
  async function publishUntilCut(limit: number, title: string): Promise<number> {
    for (let published = 1; published <= limit; published++) {
      newsroom.publish({ id: String(published), title, authorId: 'ada' });
      if (published % 20 === 0) await sleep(1);
      if ((await gateway.metric('gateway_slow_consumers_cut_total')) > 0) return published;
    }
    throw new Error(`Nobody was cut off after ${limit} stories`);
  }

  it('is cut off with 4429 and told why', async () => {
    const slow = await subscribed(STORIES);
    await newsroom.hasReaders(1);
    slow.socket.pause();
    await publishUntilCut(5_000, 'x'.repeat(10_000));
    // At once, although the client has not even noticed yet.
    await newsroom.hasReaders(0);
    slow.socket.resume();
    expect(await slow.closed).toEqual({ code: 4429, reason: 'Events are not read fast enough' });
    expect(await gateway.metric('gateway_subscriptions_active')).toBe(0);
  });

  it('is cut off as well when many small events wait', async () => {
    const slow = await subscribed(WITH_AUTHOR);
    await newsroom.hasReaders(1);
    for (let i = 0; i < 2_000; i++) newsroom.publish({ id: String(i), title: 'Rain', authorId: 'ada' });
    expect((await slow.closed).code).toBe(4429);
  });

  it('is cut off once, however many subscriptions share what may wait, and all of them end', async () => {
    const slow = await RawSocket.initialised(gateway.url);
    opened.push(slow);
    for (let id = 0; id < 50; id++) slow.subscribe(String(id), STORIES);
    await newsroom.hasReaders(50);
    slow.socket.pause();
    await publishUntilCut(500, 'x'.repeat(10_000));
    await newsroom.hasReaders(0);
    slow.socket.terminate();
    await eventually(async () => (await gateway.metric('gateway_subscriptions_active')) === 0);
    expect(await gateway.metric('gateway_slow_consumers_cut_total')).toBe(1);
  });

  it('does not hold up others on the same socket to the subgraph', async () => {
    const [slow, quick] = [await subscribed(STORIES), await subscribed(STORIES)];
    await newsroom.hasReaders(2);
    slow.socket.pause();
    const published = await publishUntilCut(5_000, 'x'.repeat(10_000));
    for (let i = 0; i < published; i++) expect(await quick.receive()).toMatchObject({ type: 'next' });
    newsroom.publish({ id: 'last', title: 'The last one', authorId: 'ada' });
    expect(await quick.receive()).toMatchObject({ payload: { data: { storyPublished: { title: 'The last one' } } } });
  });

  it('does not make the heap grow', async () => {
    const slow = await Promise.all(Array.from({ length: 5 }, () => subscribed(STORIES)));
    await newsroom.hasReaders(5);
    for (const { socket } of slow) socket.pause();
    const before = bytesInUse();
    // 200 MB for five readers who take none of it. A pause lets the publisher's side of this process drain, too.
    for (let i = 0; i < 4_000; i++) {
      newsroom.publish({ id: String(i), title: 'x'.repeat(10_000), authorId: 'ada' });
      if (i % 20 === 0) await sleep(2);
    }
    // Five budgets of one megabyte, and what the kernel has not taken of each.
    const grown = await settledBelow(20 * MEGABYTE, before);
    expect(await gateway.metric('gateway_slow_consumers_cut_total')).toBe(5);
    expect(grown).toBeLessThan(20 * MEGABYTE);
  });

  it('is cut off when it asks for answers and does not read them', async () => {
    await gateway.stop();
    gateway = await LiveGateway.start([newsroom.stories, newsroom.people], {
      settings: { socketWaitingBytes: MEGABYTE, socketCloseTimeoutMs: 2_000, socketMessagesPerSecond: 1_000 },
      execute: async () => ({ data: { text: 'x'.repeat(100_000) } }),
    });
    const socket = await RawSocket.initialised(gateway.url);
    opened.push(socket);
    socket.socket.pause();
    for (let i = 0; i < 400 && (await gateway.metric('gateway_slow_consumers_cut_total')) === 0; i++) {
      socket.subscribe(String(i), '{ latestTitle }');
      await sleep(1);
    }
    socket.socket.resume();
    expect(await socket.closed).toEqual({ code: 4429, reason: 'Events are not read fast enough' });
  });
});

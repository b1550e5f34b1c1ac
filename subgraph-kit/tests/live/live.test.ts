import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createLogger } from '@supergraph/protocol';
import { describeWithRedis } from '@supergraph/testkit';
import { createClient } from 'redis';
import { createLive } from '../../src/live/create-live.ts';
import { ReaderTooSlow } from '../../src/live/hint.stream.ts';
import type { Live } from '../../src/live/live.ts';
import { MemoryLive } from '../../src/live/memory.live.ts';
import { RedisLive } from '../../src/live/redis.live.ts';
import { RedisProxy } from './redis.proxy.ts';

interface Hint {
  readonly n: number;
}

const CAPACITY = 3;

const opened: { close(): Promise<void> }[] = [];
const open = <Opened extends { close(): Promise<void> }>(closable: Opened): Opened => {
  opened.push(closable);
  return closable;
};

afterEach(async () => {
  for (const closable of opened.splice(0)) await closable.close();
});

/** Nobody else's, even when several runs share one Redis. */
const newChannel = () => `test:${randomUUID()}`;

/** Publishes until a reader hears it, which is when the processes have found each other. */
async function untilHeard(from: Live, to: Live, channel: string): Promise<void> {
  const reader = to.subscribe<Hint>(channel);
  const heard = reader.next();
  for (let waited = 0; ; waited += 10) {
    await from.publish(channel, { n: -1 });
    if (await Promise.race([heard.then(() => true), setTimeout(10, false)])) break;
    if (waited > 10_000) throw new Error('The processes do not hear each other.');
  }
  await reader.return!();
}

async function untilEqual(read: () => Promise<unknown>, expected: unknown): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if ((await read()) === expected) return;
    await setTimeout(10);
  }
  expect(await read()).toBe(expected);
}

function promises(create: (capacity?: number) => Live): void {
  test('hints reach every reader of their channel, in order, and nobody else', async () => {
    const live = open(create());
    const [channel, other] = [newChannel(), newChannel()];
    const [one, two, stranger] = [live.subscribe(channel), live.subscribe(channel), live.subscribe(other)];
    for (const n of [1, 2, 3]) await live.publish(channel, { n });
    await live.publish(other, { n: 4 });
    for (const reader of [one, two]) {
      for (const n of [1, 2, 3]) expect(await reader.next()).toEqual({ done: false, value: { n } });
    }
    expect(await stranger.next()).toEqual({ done: false, value: { n: 4 } });
  });

  test('a reader gets hints from the moment it subscribes, also before it asks for the first', async () => {
    const live = open(create());
    const channel = newChannel();
    await live.publish(channel, { n: 1 });
    const reader = live.subscribe(channel);
    await live.publish(channel, { n: 2 });
    expect((await reader.next()).value).toEqual({ n: 2 });
  });

  test('readers share no objects, with the publisher or with each other', async () => {
    const live = open(create());
    const channel = newChannel();
    const [one, two] = [live.subscribe(channel), live.subscribe(channel)];
    const hint = { at: new Date(0), inner: { n: 1 } };
    await live.publish(channel, hint);
    const [first, second] = [(await one.next()).value, (await two.next()).value];
    expect(first).toEqual({ at: '1970-01-01T00:00:00.000Z', inner: { n: 1 } });
    (first as typeof hint).inner.n = 2;
    expect([hint.inner.n, (second as typeof hint).inner.n]).toEqual([1, 1]);
  });

  test('an aborted signal ends a reader that waits, one that has not begun, and one with hints left', async () => {
    const live = open(create());
    const channel = newChannel();
    const [before, during] = [AbortSignal.abort(), new AbortController()];
    expect(await live.subscribe(channel, before).next()).toEqual({ done: true, value: undefined });
    const [waiting, full] = [live.subscribe(channel, during.signal), live.subscribe(channel, during.signal)];
    await live.publish(channel, { n: 1 });
    await waiting.next();
    const waited = waiting.next();
    during.abort();
    expect(await waited).toEqual({ done: true, value: undefined });
    expect(await full.next()).toEqual({ done: true, value: undefined });
  });

  test('a loop that is left lets go of its channel, and of its signal', async () => {
    const live = open(create());
    const channel = newChannel();
    const { signal } = new AbortController();
    const forgotten = jest.spyOn(signal, 'removeEventListener');
    const reader = live.subscribe<Hint>(channel, signal);
    await live.publish(channel, { n: 1 });
    for await (const hint of reader) {
      expect(hint).toEqual({ n: 1 });
      break;
    }
    await live.publish(channel, { n: 2 });
    expect(await reader.next()).toEqual({ done: true, value: undefined });
    expect(forgotten).toHaveBeenCalledWith('abort', expect.any(Function));
  });

  test('a reader that is too slow is told so, once, and the others go on', async () => {
    const live = open(create(CAPACITY));
    const channel = newChannel();
    const [slow, quick] = [live.subscribe<Hint>(channel), live.subscribe<Hint>(channel)];
    for (const n of [1, 2, 3]) {
      await live.publish(channel, { n });
      await quick.next();
    }
    // As many as it may leave untaken are all still there.
    expect((await slow.next()).value).toEqual({ n: 1 });
    for (const n of [4, 5]) {
      await live.publish(channel, { n });
      await quick.next();
    }
    await expect(slow.next()).rejects.toThrow(ReaderTooSlow);
    expect(await slow.next()).toEqual({ done: true, value: undefined });
    await live.publish(channel, { n: 6 });
    expect((await quick.next()).value).toEqual({ n: 6 });
  });

  test('closing ends every reader, and what comes after is no error', async () => {
    const live = create();
    const channel = newChannel();
    const waiting = live.subscribe(channel).next();
    await live.close();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(await live.subscribe(channel).next()).toEqual({ done: true, value: undefined });
    await live.publish(channel, { n: 1 });
  });
}

const silent = createLogger('live', 'silent');

describe('in memory', () => {
  promises((capacity) => new MemoryLive(capacity));
});

describe('with a Redis that cannot be reached', () => {
  const unreachable = 'redis://127.0.0.1:1';
  promises((capacity) => new RedisLive(unreachable, silent, capacity));

  test('says so once, as a warning', async () => {
    const log = createLogger('live', 'silent');
    const warn = jest.spyOn(log, 'warn');
    const live = open(new RedisLive(unreachable, log));
    await setTimeout(500);
    await live.publish(newChannel(), { n: 1 });
    expect(warn).toHaveBeenCalledTimes(1);
  });
});

test('there is Redis where its address is given, and memory where it is not', () => {
  expect(open(createLive(undefined, silent))).toBeInstanceOf(MemoryLive);
  expect(open(createLive('redis://127.0.0.1:1', silent))).toBeInstanceOf(RedisLive);
});

describeWithRedis('over Redis', (url) => {
  promises((capacity) => new RedisLive(url, silent, capacity));

  test('hints reach readers in other processes, once, and not twice those in their own', async () => {
    const [here, there] = [open(new RedisLive(url, silent)), open(new RedisLive(url, silent))];
    const channel = newChannel();
    await untilHeard(here, there, channel);
    const [near, far] = [here.subscribe(channel), there.subscribe(channel)];
    await untilHeard(here, there, newChannel());
    for (const n of [1, 2]) await here.publish(channel, { n });
    for (const n of [1, 2]) {
      expect((await near.next()).value).toEqual({ n });
      expect((await far.next()).value).toEqual({ n });
    }
    await there.publish(channel, { n: 3 });
    expect((await near.next()).value).toEqual({ n: 3 });
    expect((await far.next()).value).toEqual({ n: 3 });
  });

  test('a process listens only to channels that it has readers for', async () => {
    const redis = open(await createClient({ url }).connect());
    const listeners = async (channel: string) =>
      Object.values(await redis.pubSubNumSub(`supergraph:live:${channel}`))[0];
    const live = open(new RedisLive(url, silent));
    const channel = newChannel();
    const [one, two] = [live.subscribe(channel), live.subscribe(channel)];
    await untilEqual(() => listeners(channel), 1);
    await one.return!();
    const other = live.subscribe(newChannel());
    await untilHeard(open(new RedisLive(url, silent)), live, channel);
    expect(await listeners(channel)).toBe(1);
    await two.return!();
    await untilEqual(() => listeners(channel), 0);
    await other.return!();
  });

  test('when Redis goes away and comes back, readers of before and of meanwhile hear again', async () => {
    const proxy = open(new RedisProxy(url));
    await proxy.open();
    const [here, there] = [open(new RedisLive(url, silent)), open(new RedisLive(proxy.url, silent))];
    const [before, meanwhile] = [newChannel(), newChannel()];
    await untilHeard(here, there, before);
    const longReader = there.subscribe<Hint>(before);

    await proxy.close();
    const newReader = there.subscribe<Hint>(meanwhile);
    await there.publish(meanwhile, { n: 1 });
    expect((await newReader.next()).value).toEqual({ n: 1 });

    await proxy.open();
    await untilHeard(here, there, newChannel());
    await here.publish(before, { n: 2 });
    await here.publish(meanwhile, { n: 3 });
    expect((await longReader.next()).value).toEqual({ n: 2 });
    expect((await newReader.next()).value).toEqual({ n: 3 });
  });
});

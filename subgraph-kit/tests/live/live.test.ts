import { setTimeout } from 'node:timers/promises';
import { describe, expect, jest, test } from '@jest/globals';
import { createLogger } from '@supergraph/protocol';
import { describeWithRedis, RedisProxy } from '@supergraph/testkit';
import { createClient } from 'redis';
import { createLive } from '../../src/live/create-live.ts';
import type { Live } from '../../src/live/live.ts';
import { MemoryLive } from '../../src/live/memory.live.ts';
import { RedisLive } from '../../src/live/redis.live.ts';
import { type Hint, livePromises, newChannel, open } from './live.contract.ts';

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

const silent = createLogger('live', 'silent');

describe('in memory', () => {
  livePromises((capacity) => new MemoryLive(capacity));
});

describe('with a Redis that cannot be reached', () => {
  const unreachable = 'redis://127.0.0.1:1';
  livePromises((capacity) => new RedisLive(unreachable, silent, capacity));

  test('says so once, as a warning', async () => {
    const log = createLogger('live', 'silent');
    const warn = jest.spyOn(log, 'warn');
    const live = open(new RedisLive(unreachable, log));
    await setTimeout(500);
    await live.publish(newChannel(), { n: 1 });
    expect(warn).toHaveBeenCalledTimes(1);
  });
});

test('there is Redis where its address is given, and memory where it is not', async () => {
  expect(open(await createLive(undefined, silent))).toBeInstanceOf(MemoryLive);
  expect(open(await createLive('redis://127.0.0.1:1', silent))).toBeInstanceOf(RedisLive);
});

describeWithRedis('over Redis', (url) => {
  livePromises((capacity) => new RedisLive(url, silent, capacity));

  test('hints reach readers in other processes, once, and not twice those in their own', async () => {
    const [here, there] = [open(new RedisLive(url, silent)), open(new RedisLive(url, silent))];
    const channel = newChannel();
    const [near, far] = [here.subscribe(channel), there.subscribe(channel)];
    // Of another channel: what is said until it is heard would be heard here too. Redis takes subscriptions in turn.
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
    const longReader = there.subscribe<Hint>(before);
    await untilHeard(here, there, newChannel());

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

import { randomUUID } from 'node:crypto';
import { afterEach, expect, jest, test } from '@jest/globals';
import { ReaderTooSlow } from '../../src/live/hint.stream.ts';
import type { Live } from '../../src/live/live.ts';

export interface Hint {
  readonly n: number;
}

const CAPACITY = 3;

const opened: { close(): Promise<void> }[] = [];
/** Has it closed after the test, however that ends. */
export const open = <Opened extends { close(): Promise<void> }>(closable: Opened): Opened => {
  opened.push(closable);
  return closable;
};

afterEach(async () => {
  for (const closable of opened.splice(0)) await closable.close();
});

/** Nobody else's, even when several runs share one Redis. */
export const newChannel = () => `test:${randomUUID()}`;

/** What every kind of fan-out promises to the readers of one process. */
export function livePromises(create: (capacity?: number) => Live): void {
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

import { describe, expect, it } from '@jest/globals';
import { mapEvents } from './map-events.ts';

/** A source of numbers that knows whether it was let go. */
class Numbers implements AsyncIterableIterator<number> {
  released = 0;

  constructor(private readonly numbers: (number | Error)[]) {}

  async next(): Promise<IteratorResult<number>> {
    const next = this.numbers.shift();
    if (next instanceof Error) throw next;
    return next === undefined ? { done: true, value: undefined } : { done: false, value: next };
  }

  async return(): Promise<IteratorResult<number>> {
    this.released += 1;
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

const double = (source: AsyncIterable<number>) =>
  mapEvents(
    source,
    async (event) => {
      if (event > 9) throw new Error('too large');
      return String(event * 2);
    },
    (error) => (error as Error).message,
  );

const collect = async (results: AsyncIterable<string>) => {
  const collected: string[] = [];
  for await (const result of results) collected.push(result);
  return collected;
};

describe('mapped events', () => {
  it('come one by one and end with their source', async () => {
    expect(await collect(double(new Numbers([1, 2, 3])))).toEqual(['2', '4', '6']);
  });

  it('end with the failure of one of them, and let go of the source', async () => {
    const source = new Numbers([1, 10, 2]);
    expect(await collect(double(source))).toEqual(['2', 'too large']);
    expect(source.released).toBe(1);
  });

  it('end with the failure of the source', async () => {
    expect(await collect(double(new Numbers([1, new Error('torn'), 2])))).toEqual(['2', 'torn']);
  });

  it('let go of a source that is waiting when nobody wants them any more', async () => {
    const source = new Numbers([]);
    source.next = () => new Promise(() => {});
    const results = double(source);
    void results.next();
    await results.return?.();
    expect(source.released).toBe(1);
  });
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import { ByteBudget } from './byte.budget.ts';
import { EventQueue } from './event.queue.ts';

describe('the events that wait for a client', () => {
  let budget: ByteBudget;
  let queue: EventQueue<string>;

  beforeEach(() => {
    budget = new ByteBudget(100);
    queue = new EventQueue(3, budget);
  });

  it('come out in order', async () => {
    for (const event of ['a', 'b', 'c']) queue.push(event, 1);
    expect([await queue.take(), await queue.take(), await queue.take()]).toEqual(['a', 'b', 'c']);
  });

  it('wake a reader that came first', async () => {
    const taken = queue.take();
    queue.push('a', 1);
    expect(await taken).toBe('a');
  });

  it('are limited in number', async () => {
    for (const event of ['a', 'b', 'c']) expect(queue.push(event, 1)).toBe(true);
    expect(queue.push('d', 1)).toBe(false);
    await queue.take();
    expect(queue.push('e', 1)).toBe(true);
  });

  it('are limited in bytes, over all that waits for the client', () => {
    const other = new EventQueue<string>(3, budget);
    expect(other.push('a', 100)).toBe(true);
    expect(queue.push('b', 1)).toBe(false);
  });

  it('may be larger than the budget when nothing else waits', () => {
    expect(queue.push('large', 1_000)).toBe(true);
    expect(queue.push('small', 1)).toBe(false);
  });

  it('give their bytes back when they are taken or abandoned', async () => {
    queue.push('a', 60);
    queue.push('b', 60);
    await queue.take();
    expect(budget.take(0)).toBe(true);
    queue.abandon();
    expect(new EventQueue(1, budget).push('c', 1_000)).toBe(true);
  });

  it('are still delivered after the end', async () => {
    queue.push('a', 1);
    queue.end();
    expect(await queue.take()).toBe('a');
    expect(await queue.take()).toBeUndefined();
  });

  it('are dropped when abandoned, and what comes later is forgotten without complaint', async () => {
    queue.push('a', 1);
    queue.abandon();
    expect(queue.push('b', 1)).toBe(true);
    expect(await queue.take()).toBeUndefined();
  });

  it('let a waiting reader go at the end', async () => {
    const taken = queue.take();
    queue.end();
    expect(await taken).toBeUndefined();
  });
});

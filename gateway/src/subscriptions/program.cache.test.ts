import { beforeEach, describe, expect, it } from '@jest/globals';
import type { LoadedGraph } from '../graph/live-graph.ts';
import { ProgramCache } from './program.cache.ts';
import type { SubscriptionProgram } from './subscription.program.ts';

describe('the cache of programs', () => {
  const [graph, nextGraph] = [{ revision: 1 } as LoadedGraph, { revision: 2 } as LoadedGraph];
  let compiled: string[];
  let cache: ProgramCache;

  beforeEach(() => {
    compiled = [];
    cache = new ProgramCache(2);
  });

  function get(key: string, on = graph): SubscriptionProgram {
    return cache.get(on, key, () => {
      compiled.push(key);
      return { key } as unknown as SubscriptionProgram;
    });
  }

  it('compiles a document once', () => {
    expect(get('a')).toBe(get('a'));
    expect(compiled).toEqual(['a']);
  });

  it('drops what was unused for longest', () => {
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) get(key);
    expect(compiled).toEqual(['a', 'b', 'c', 'b']);
  });

  it('keeps nothing from one graph to the next', () => {
    get('a');
    get('a', nextGraph);
    expect(compiled).toEqual(['a', 'a']);
  });

  it('remembers no failure', () => {
    expect(() =>
      cache.get(graph, 'a', () => {
        throw new Error('does not compile');
      }),
    ).toThrow('does not compile');
    get('a');
    expect(compiled).toEqual(['a']);
  });
});

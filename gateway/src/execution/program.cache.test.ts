import { beforeEach, describe, expect, it } from '@jest/globals';
import type { LoadedGraph } from '../graph/live-graph.ts';
import { ProgramCache } from './program.cache.ts';

describe('the cache of programs', () => {
  const [graph, nextGraph] = [{ revision: 1 } as LoadedGraph, { revision: 2 } as LoadedGraph];
  let compiled: string[];
  let cache: ProgramCache<{ key: string }>;

  beforeEach(() => {
    compiled = [];
    cache = new ProgramCache({ maxPrograms: 2 });
  });

  function get(key: string, on = graph): { key: string } {
    return cache.get(on, key, () => {
      compiled.push(key);
      return { key };
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

  it('makes room for a long document, and does not keep one that takes all of it', () => {
    cache = new ProgramCache({ maxCharacters: 10 });
    for (const key of ['aaaa', 'bbbb', 'cccc', 'bbbb', 'aaaa', 'eleven char', 'eleven char']) get(key);
    expect(compiled).toEqual(['aaaa', 'bbbb', 'cccc', 'aaaa', 'eleven char', 'eleven char']);
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

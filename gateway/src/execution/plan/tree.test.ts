import { describe, expect, it } from '@jest/globals';
import { copyOf, mergeTree, type Tree } from './tree.ts';

const merged = (target: Tree, source: Tree): Tree => {
  mergeTree(target, source);
  return target;
};

describe('Merging an answer into what is known', () => {
  it('adds to objects, also in lists of lists', () => {
    expect(merged({ a: { x: 1 }, b: [[{ x: 1 }], null] }, { a: { y: 2 }, b: [[{ y: 2 }], null] })).toEqual({
      a: { x: 1, y: 2 },
      b: [[{ x: 1, y: 2 }], null],
    });
  });

  it('takes a list of another length for another list', () => {
    expect(merged({ a: [{ x: 1 }] }, { a: [{ y: 1 }, { y: 2 }] })).toEqual({ a: [{ y: 1 }, { y: 2 }] });
  });

  it('believes the newer answer where they disagree, and passes over what was renamed', () => {
    expect(merged({ a: 1, b: { x: 1 }, c: 3 }, { a: 2, b: null, c: undefined })).toEqual({ a: 2, b: null, c: 3 });
  });

  it('does not reach what all objects share', () => {
    const source = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"polluted":1}}') as Tree;
    expect(Object.keys(merged({}, source))).toEqual(['constructor']);
    expect({}).not.toHaveProperty('polluted');
    expect(Object).not.toHaveProperty('polluted');
  });

  it('leaves a copy untouched by what is merged into the original', () => {
    const original = { a: { x: 1 }, b: [{ x: 1 }] };
    const copy = copyOf(original);
    mergeTree(original, { a: { x: 2 }, b: [{ x: 2 }] });
    expect(copy).toEqual({ a: { x: 1 }, b: [{ x: 1 }] });
  });
});

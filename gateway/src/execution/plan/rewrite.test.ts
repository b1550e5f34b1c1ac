import { describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { compileRewrites } from './rewrite.ts';
import type { Tree } from './tree.ts';

describe('A rewrite', () => {
  const schema = buildSchema(`
    type Query { node: Node }
    interface Node { id: ID }
    type Book implements Node { id: ID }
    type Film implements Node { id: ID }`);
  const rename = (path: string[], value: Tree): Tree => {
    compileRewrites(schema, [{ kind: 'KeyRenamer', path, renameKeyTo: 'size' }])!(value);
    return JSON.parse(JSON.stringify(value)) as Tree;
  };

  it('works on all items of a list, and where there is nothing it does nothing', () => {
    const value = { nodes: [{ alias: 1 }, null, { other: 1 }], none: null };
    expect(rename(['nodes', 'alias'], value)).toEqual({ nodes: [{ size: 1 }, null, { other: 1 }], none: null });
    expect(rename(['none', 'alias'], { none: null })).toEqual({ none: null });
  });

  it('is for the objects of one type, or of one interface', () => {
    const value = () => ({ __typename: 'Book', alias: 1 });
    expect(rename(['... on Film', 'alias'], value())).toEqual(value());
    expect(rename(['... on Book', 'alias'], value())).toEqual({ __typename: 'Book', size: 1 });
    expect(rename(['... on Node', 'alias'], value())).toEqual({ __typename: 'Book', size: 1 });
  });

  it('takes an object of no known type for the right one, because the plan only asks where it is', () => {
    expect(rename(['... on Book', 'alias'], { alias: 1 })).toEqual({ size: 1 });
  });

  it('sets a value', () => {
    const value = { __typename: 'Book', id: '1' };
    compileRewrites(schema, [{ kind: 'ValueSetter', path: ['... on Book', '__typename'], setValueTo: 'Media' }])!(
      value,
    );
    expect(value).toEqual({ __typename: 'Media', id: '1' });
  });
});

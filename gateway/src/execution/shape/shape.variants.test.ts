import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { selectOperation } from '../operation-document.ts';
import { ShapeVariants } from './shape.variants.ts';
import { Shaping } from './shaping.ts';

describe('The shapes of an operation', () => {
  const schema = buildSchema('type Query { a: Int b: Int }');
  const document = selectOperation(
    parse('query ($x: Boolean!, $y: Boolean!) { a @include(if: $x) b @skip(if: $y) a }'),
    undefined,
  );
  const shapes = new ShapeVariants(schema, document, 2);
  const keys = (x: boolean, y: boolean) =>
    Object.keys(shapes.for({ x, y })({ a: 1, b: 2 }, new Shaping()) as object).join('');

  it('are one for each set of conditions', () => {
    expect([keys(true, false), keys(false, false), keys(true, true), keys(false, true)]).toEqual([
      'ab',
      'ba',
      'a',
      'a',
    ]);
  });

  it('are kept, up to a limit', () => {
    const first = shapes.for({ x: true, y: false });
    expect(shapes.for({ x: true, y: false })).toBe(first);
    shapes.for({ x: false, y: false });
    shapes.for({ x: true, y: true });
    expect(shapes.for({ x: true, y: false })).not.toBe(first);
  });
});

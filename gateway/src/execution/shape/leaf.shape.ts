import { type GraphQLLeafType, isEnumType } from 'graphql';
import type { Shape } from './shaping.ts';

type Check = (value: unknown) => boolean;

/** Same range as the text of a number that looks like an integer: from 1e21 on it is written with an exponent. */
const isInteger: Check = (value) => Number.isInteger(value) && Math.abs(value as number) < 1e21;
const isString: Check = (value) => typeof value === 'string';

const SCALARS: Readonly<Record<string, Check>> = {
  Boolean: (value) => typeof value === 'boolean',
  Float: (value) => typeof value === 'number',
  ID: (value) => typeof value === 'string' || isInteger(value),
  Int: isInteger,
  String: isString,
};

/**
 * Takes a leaf as it is, or reports it as invalid.
 *
 * An enum value that is hidden from clients is as invalid as an unknown one. What a custom scalar may be is known to its
 * subgraphs alone. `depth` is the length of the path of the value.
 */
export function leafShape(type: GraphQLLeafType, depth: number): Shape {
  const isValid = isEnumType(type)
    ? (value: unknown) => typeof value === 'string' && type.getValue(value) != null
    : SCALARS[type.name];
  if (!isValid) return (value) => value;
  return (value, shaping) => {
    if (isValid(value)) return value;
    shaping.report(`A subgraph gave a value that is no ${type.name}`, depth);
    return undefined;
  };
}

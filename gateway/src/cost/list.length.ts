import { ErrorCode } from '@supergraph/protocol';
import type { ArgumentNode } from 'graphql';
import { Refusal } from '../guard/refusal.ts';
import { argumentValue } from './argument.value.ts';
import type { CostTerm, Variables } from './cost.term.ts';
import type { FieldPrice, ListSize } from './price.list.ts';

/** More than any argument of type Int can say. */
const LONGEST = 2 ** 31;

/**
 * How long a list may be: the largest of the arguments that say so, or else what the schema assumes.
 *
 * @param unknown how long a list is of which nothing is said at all
 */
export function listLength(
  { slicingArguments, assumedSize = undefined, requireOneSlicingArgument }: ListSize,
  { arguments: declared }: FieldPrice,
  given: readonly ArgumentNode[],
  unknown: number,
): CostTerm {
  const assumed = assumedSize ?? unknown;
  if (slicingArguments.length === 0) return assumed;
  const values = slicingArguments.map((name) => {
    const node = given.find((argument) => argument.name.value === name)?.value;
    return argumentValue(node, declared.find((argument) => argument.name === name)?.defaultValue);
  });
  const length = (variables: Variables): number => {
    const told = values.map((value) => value.read(variables)).filter((value) => value !== null && value !== undefined);
    if (requireOneSlicingArgument && told.length !== 1) throw notOne(slicingArguments);
    return told.length === 0 ? assumed : Math.max(...told.map((value) => lengthOf(value) ?? assumed));
  };
  return values.some(({ isOpen }) => isOpen) || requireOneSlicingArgument ? length : length({});
}

/** What is no length is refused by the subgraph; until then the list is as long as any other. */
function lengthOf(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 ? Math.min(value, LONGEST) : undefined;
}

function notOne(slicingArguments: ListSize['slicingArguments']): Refusal {
  const names = slicingArguments.join(', ');
  return new Refusal(ErrorCode.BAD_USER_INPUT, `Exactly one of ${names} has to say how long the list shall be`, {
    status: 400,
  });
}

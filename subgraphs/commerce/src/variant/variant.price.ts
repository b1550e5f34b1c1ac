import { badUserInput, type FieldProblem, type MoneyInput } from '@supergraph/subgraph-kit';

/** What a variant costs and cost before, in minor units of a currency. */
export interface Prices {
  readonly price: number;
  readonly compareAtPrice: number | null;
}

/** A price in the currency it has to be in. @throws `BAD_USER_INPUT` for another currency, and for less than nothing */
export function priceIn(currency: string, given: MoneyInput, path: string): number {
  const problems: FieldProblem[] = [];
  if (given.currency !== currency) {
    problems.push({ path: `input.${path}.currency`, message: `The shop sells in ${currency}.` });
  }
  if (given.amount < 0) problems.push({ path: `input.${path}.amount`, message: 'A price is not below zero.' });
  if (problems.length > 0) throw badUserInput(problems);
  return given.amount;
}

/** @throws `BAD_USER_INPUT` for something that costs as much as before */
export function checkReduction({ price, compareAtPrice }: Prices): void {
  if (compareAtPrice !== null && compareAtPrice <= price) {
    throw badUserInput([{ path: 'input.compareAtPrice.amount', message: 'It has cost more before than it does now.' }]);
  }
}

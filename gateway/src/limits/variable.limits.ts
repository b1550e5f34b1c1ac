import type { Admission, GuardedOperation } from '../guard/operation.guard.ts';
import { limitExceeded, tooManyValues } from './limit.exceeded.ts';
import type { Limits } from './limit.settings.ts';

/** Bounds what comes in variables: it is coerced value by value, and goes to each subgraph that uses it. */
export class VariableLimits implements Admission {
  readonly #limits: Pick<Limits, 'maxVariables' | 'maxVariableValues'>;

  constructor(limits: Pick<Limits, 'maxVariables' | 'maxVariableValues'>) {
    this.#limits = limits;
  }

  admit({ variables }: Pick<GuardedOperation, 'variables'>): void {
    const { maxVariables, maxVariableValues } = this.#limits;
    let count = 0;
    for (const _ in variables) if (++count > maxVariables) throw limitExceeded('variables', maxVariables, 'variables');
    if (count > 0 && left(variables, maxVariableValues + 1) <= 0) {
      throw tooManyValues(maxVariableValues);
    }
  }
}

/** How many of so many values are left when those in this one are counted. Stops counting at none. */
function left(value: unknown, of: number): number {
  if (typeof value !== 'object' || value === null) return of;
  let remaining = of;
  // Not the keys of a list: they would all be written down before the first of them is looked at.
  for (const each of Array.isArray(value) ? value : Object.values(value)) {
    remaining = left(each, remaining - 1);
    if (remaining <= 0) break;
  }
  return remaining;
}

export type Variables = Readonly<Record<string, unknown>>;

/**
 * A part of a cost: a number, or a function of variables where one takes part. What is known is folded into one number, so
 * that only what depends on variables is left to be done for each request.
 */
export type CostTerm = number | ((variables: Variables) => number);

export function sum(terms: readonly CostTerm[]): CostTerm {
  let known = 0;
  const open: Exclude<CostTerm, number>[] = [];
  for (const term of terms) {
    if (typeof term === 'number') known += term;
    else open.push(term);
  }
  known = saturated(known);
  if (open.length === 0) return known;
  return (variables) => saturated(open.reduce((total, term) => total + term(variables), known));
}

export function product(one: CostTerm, other: CostTerm): CostTerm {
  // What costs nothing costs nothing however often; and most fields are leaves.
  if (one === 0 || other === 0) return 0;
  if (typeof one === 'number' && typeof other === 'number') return saturated(one * other);
  return (variables) => saturated(valueOf(one, variables) * valueOf(other, variables));
}

/** 0 of none. */
export function largest(terms: readonly CostTerm[]): CostTerm {
  if (terms.every((term) => typeof term === 'number')) return Math.max(0, ...terms);
  return (variables) => Math.max(0, ...terms.map((term) => valueOf(term, variables)));
}

export function valueOf(term: CostTerm, variables: Variables): number {
  return typeof term === 'number' ? term : term(variables);
}

/** Infinity is not far when sizes are multiplied, and an infinity of nothing is no number that a limit could refuse. */
function saturated(value: number): number {
  return Math.min(value, Number.MAX_SAFE_INTEGER);
}

import { formatTable, median } from '../results.mjs';

/** How many times the p95 of the small catalogue that of the large one may be. */
export const LIMIT = 3;

/** One operation in every catalogue: medians of the rounds, and the large one's as a ratio to the small one's. */
export function summarise(name, outcomes, statements) {
  const sizes = [...outcomes].map(([products, rounds]) => ({
    products,
    ...Object.fromEntries(
      ['perSecond', 'p50Ms', 'p95Ms'].map((figure) => [figure, median(rounds.map((round) => round[figure]))]),
    ),
    done: rounds.reduce((sum, { done }) => sum + done, 0),
    faults: rounds.reduce((sum, { faults }) => sum + faults, 0),
    fault: rounds.find(({ fault }) => fault)?.fault,
    statements: median(statements.get(products)),
    mostStatements: Math.max(...statements.get(products)),
  }));
  const growth = sizes.at(-1).p95Ms / sizes[0].p95Ms;
  const isRight = sizes.every(({ faults, done }) => faults === 0 && done > 0);
  return { name, sizes, growth, isRight, isFlat: growth <= LIMIT };
}

/** The table a person reads. */
export function formatReport({ machine, options, seeds, sections }) {
  const rows = sections.flatMap(({ name, sizes, growth }) =>
    sizes.map(({ products, perSecond, p50Ms, p95Ms, statements, mostStatements }, index) => [
      `${name}, ${products.toLocaleString('en')}`,
      perSecond.toFixed(1),
      p50Ms.toFixed(1),
      p95Ms.toFixed(1),
      index === 0 ? '1' : growth.toFixed(2),
      statements === mostStatements ? String(statements) : `${statements}, at most ${mostStatements}`,
    ]),
  );
  return [
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load before ${machine.loadBefore}`,
    `${options.connections} at once, ${options.rounds} × ${options.seconds} s after ${options.warmup} s of warm-up`,
    ...seeds.map(
      ({ products, seedSeconds }) => `${products.toLocaleString('en')} products made in ${seedSeconds.toFixed(0)} s`,
    ),
    '',
    formatTable(['', 'per second', 'p50 ms', 'p95 ms', 'p95 ratio', 'statements'], rows),
    '',
    ...sections.map(formatVerdict),
  ].join('\n');
}

function formatVerdict({ name, sizes, growth, isRight, isFlat }) {
  if (!isRight) return `${name}: an answer was wrong or missing: ${sizes.find(({ fault }) => fault)?.fault}`;
  return `${name}: p95 ${growth.toFixed(2)} times that of the small catalogue; at most ${LIMIT}: ${isFlat ? 'met' : 'NOT met'}`;
}

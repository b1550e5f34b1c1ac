import { formatTable, median } from '../results.mjs';

/** How many times the throughput without the guard may be of that with it. */
export const LIMIT = 1.1;

/** The ratios of one operation: of medians, and by CPU time per request, which holds on a busy machine too. */
export function summarise({ operation, rounds }) {
  const medians = Object.fromEntries(
    Object.entries(rounds).map(([name, outcomes]) => [
      name,
      Object.fromEntries(
        ['requestsPerSecond', 'cpuMsPerRequest', 'p50Ms', 'p97_5Ms', 'cpu', 'residentBytes'].map((figure) => [
          figure,
          median(outcomes.map((outcome) => outcome[figure])),
        ]),
      ),
    ]),
  );
  const { guarded, unguarded } = medians;
  const throughput = unguarded.requestsPerSecond / guarded.requestsPerSecond;
  return {
    operation,
    rounds,
    medians,
    ratio: { throughput, cpu: guarded.cpuMsPerRequest / unguarded.cpuMsPerRequest },
    isRight: Object.values(rounds).every((outcomes) => outcomes.every(({ failed, wrong }) => failed + wrong === 0)),
    isWithinLimit: throughput <= LIMIT,
  };
}

/** The table a person reads. */
export function formatReport({ machine, options, sections }) {
  const rows = sections.flatMap(({ operation, medians }) =>
    Object.entries(medians).map(([name, figures]) => [
      `${operation}, ${name}`,
      figures.requestsPerSecond.toFixed(0),
      figures.cpuMsPerRequest.toFixed(3),
      figures.p50Ms.toFixed(1),
      figures.p97_5Ms.toFixed(1),
      `${(figures.cpu * 100).toFixed(0)} %`,
      (figures.residentBytes / 1e6).toFixed(0),
    ]),
  );
  return [
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load before ${machine.loadBefore}`,
    machine.pinned ? 'the gateway on a core of its own' : 'NOT pinned to cores: everything competes',
    `${options.connections} connections, ${options.rounds} × ${options.seconds} s after ${options.warmup} s of warm-up\n`,
    formatTable(['', 'requests/s', 'CPU ms/request', 'p50 ms', 'p97.5 ms', 'CPU', 'RSS MB'], rows),
    '',
    ...sections.map(formatVerdict),
  ].join('\n');
}

function formatVerdict({ operation, ratio, isRight, isWithinLimit }) {
  if (!isRight) return `${operation}: an answer was wrong or missing, so there is no ratio`;
  return (
    `${operation}: without the guard ${ratio.throughput.toFixed(2)} times the throughput of with it ` +
    `(CPU ${ratio.cpu.toFixed(2)}); at most ${LIMIT.toFixed(2)}: ${isWithinLimit ? 'met' : 'NOT met'}`
  );
}

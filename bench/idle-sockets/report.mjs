import { formatTable, median } from '../results.mjs';

/** What the product promises for 10,000 sockets, in bytes; fewer or more may have their share of it. */
const LIMIT = { bytes: 300e6, sockets: 10_000 };

const FIGURES = ['emptyBytes', 'fullBytes', 'grownBytes', 'idleCpu'];

/** Medians of the rounds, and what the gateway takes beyond a bare server. */
export function summarise(rounds, { sockets }) {
  const medians = Object.fromEntries(
    Object.entries(rounds).map(([name, outcomes]) => [
      name,
      Object.fromEntries(FIGURES.map((figure) => [figure, median(outcomes.map((outcome) => outcome[figure]))])),
    ]),
  );
  const { gateway, bare } = medians;
  const lost = Object.values(rounds)
    .flat()
    .reduce((sum, outcome) => sum + outcome.lost, 0);
  const limitBytes = (LIMIT.bytes * sockets) / LIMIT.sockets;
  return {
    rounds,
    medians,
    lost,
    limitBytes,
    ratio: gateway.grownBytes / bare.grownBytes,
    isMet: lost === 0 && gateway.grownBytes < limitBytes,
  };
}

export function formatReport({ machine, options, medians, ratio, lost, limitBytes, isMet }) {
  const row = (title, figures) => [
    title,
    megabytes(figures.emptyBytes),
    megabytes(figures.fullBytes),
    megabytes(figures.grownBytes),
    (figures.grownBytes / options.sockets / 1e3).toFixed(1),
    `${(figures.idleCpu * 100).toFixed(1)} %`,
  ];
  const target = `${options.sockets} idle sockets in under ${megabytes(limitBytes)} MB:`;
  return [
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load before ${machine.loadBefore}`,
    `${options.sockets} sockets, ${options.callers}, each acknowledged and then left alone for ${options.seconds} s\n`,
    formatTable(
      ['resident memory', 'empty MB', 'full MB', 'grown MB', 'KB/socket', 'idle CPU'],
      [row('the gateway', medians.gateway), row('a bare ws server', medians.bare)],
    ),
    `\nratio ${ratio.toFixed(2)}`,
    isMet
      ? `${target} met, and ${medians.gateway.fullBytes < limitBytes ? 'with' : 'without'} all the rest of the gateway`
      : `${target} NOT MET${lost > 0 ? `, ${lost} LOST` : ''}`,
  ].join('\n');
}

function megabytes(bytes) {
  return (bytes / 1e6).toFixed(0);
}

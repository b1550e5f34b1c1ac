import { formatTable, median } from '../results.mjs';
import { BASELINE, peers } from './peers.mjs';

const HEAD = [
  '',
  'requests/s',
  'min–max',
  'ratio',
  'p50 ms',
  'p97.5 ms',
  'RSS MB',
  'CPU',
  'CPU ms/request',
  'calls/request',
  'answers',
];

/** The tables a person reads. Everything is the median of the rounds. */
export function formatReport({ machine, options, sections }) {
  return [
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load before ${machine.loadBefore}`,
    machine.pinned
      ? 'the gateway on a core of its own; subgraphs and load generator share another'
      : 'NOT pinned to cores: everything competes, ratios are too low',
    `${options.connections} connections, ${options.rounds} × ${options.seconds} s after ${options.warmup} s of warm-up, ` +
      `${options.variety} data, ${options.pages} pages, seed ${options.seed}`,
    ...sections.map(formatSection),
    '\nratio: to stock Apollo in the same table. CPU: of one core; well below 100 % something else was the limit,\n' +
      'and CPU ms/request is the fairer comparison.',
  ].join('\n');
}

function formatSection({ operation, deduplication, answerBytes, entries }) {
  const size = `${(answerBytes / 1_000).toFixed(0)} KB`;
  const base = entries.find(({ name }) => name === BASELINE);
  // A ratio next to a wrong answer would be quoted without it.
  const trusted = entries.every(({ wrongAnswer, rounds }) => !wrongAnswer && rounds.every(({ wrong }) => wrong === 0));
  const baseline = trusted && base?.rounds.length ? throughput(base) : undefined;
  return [
    `\n${operation} (${size}), in-flight de-duplication ${deduplication}`,
    formatTable(
      HEAD,
      entries.map((entry) => formatEntry(entry, baseline)),
    ),
    ...(trusted ? [] : ['no ratios: an answer was wrong']),
    ...entries.filter(({ wrongAnswer }) => wrongAnswer).map(({ name, wrongAnswer }) => `${name}: ${wrongAnswer}`),
    ...entries.filter(({ skipped }) => skipped).map(({ name, skipped }) => `${name}: ${skipped}`),
  ].join('\n');
}

function formatEntry({ name, rounds, wrongAnswer, skipped }, baseline) {
  const { title } = peers[name];
  if (rounds.length === 0) {
    const reason = wrongAnswer ? 'WRONG' : skipped ? 'skipped' : 'none';
    return [title, ...HEAD.slice(2).map(() => '–'), reason];
  }
  const middle = (read) => median(rounds.map(read));
  const speeds = rounds.map(({ requestsPerSecond }) => requestsPerSecond);
  const failed = rounds.reduce((total, round) => total + round.failed, 0);
  const wrong = rounds.reduce((total, round) => total + round.wrong, 0);
  return [
    title,
    middle((round) => round.requestsPerSecond).toFixed(0),
    `${Math.min(...speeds).toFixed(0)}–${Math.max(...speeds).toFixed(0)}`,
    baseline ? (throughput({ rounds }) / baseline).toFixed(2) : '–',
    middle((round) => round.p50Ms).toFixed(1),
    middle((round) => round.p97_5Ms).toFixed(1),
    known(
      middle((round) => round.residentBytes),
      (bytes) => (bytes / 1e6).toFixed(0),
    ),
    known(
      middle((round) => round.cpu),
      (share) => `${(share * 100).toFixed(0)} %`,
    ),
    known(
      middle((round) => round.cpuMsPerRequest),
      (milliseconds) => milliseconds.toFixed(2),
    ),
    middle((round) => round.callsPerRequest).toFixed(1),
    failed + wrong === 0 ? 'right' : `${failed} failed, ${wrong} wrong`,
  ];
}

const throughput = ({ rounds }) => median(rounds.map(({ requestsPerSecond }) => requestsPerSecond));
/** Not every system tells what a process uses. */
const known = (number, format) => (Number.isFinite(number) ? format(number) : '–');

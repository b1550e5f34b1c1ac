import { formatTable } from '../results.mjs';
import { peers } from './peers.mjs';

const HEAD = [
  '',
  'requests/s',
  'min–max',
  'ratio',
  'CPU ms/request',
  'CPU ratio',
  'p50 ms',
  'p97.5 ms',
  'CPU',
  'RSS MB',
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
    '\nratio: requests/s to stock Apollo in the same table; ~ when one of the two did not get its core to itself.' +
      '\nCPU ratio: the same by CPU time per request, which holds on a busy machine too.',
  ].join('\n');
}

function formatSection({ operation, deduplication, answerBytes, trusted, entries }) {
  return [
    `\n${operation} (${(answerBytes / 1_000).toFixed(0)} KB), in-flight de-duplication ${deduplication}`,
    formatTable(HEAD, entries.map(formatEntry)),
    ...(trusted ? [] : ['no ratios: an answer was wrong']),
    ...entries.filter(({ wrongAnswer }) => wrongAnswer).map(({ name, wrongAnswer }) => `${name}: ${wrongAnswer}`),
    ...entries.filter(({ skipped }) => skipped).map(({ name, skipped }) => `${name}: ${skipped}`),
  ].join('\n');
}

function formatEntry({ name, median, range, ratio, ...outcome }) {
  const { title } = peers[name];
  const answers = describeAnswers(outcome);
  if (!median) return [title, ...HEAD.slice(2).map(() => '–'), answers];
  return [
    title,
    figure(median.requestsPerSecond),
    `${figure(range.slowest)}–${figure(range.fastest)}`,
    ratio ? `${ratio.undisturbed ? '' : '~'}${figure(ratio.throughput, 2)}` : '–',
    figure(median.cpuMsPerRequest, 2),
    figure(ratio?.cpu, 2),
    figure(median.p50Ms, 1),
    figure(median.p97_5Ms, 1),
    `${figure(median.cpu * 100)} %`,
    figure(median.residentBytes / 1e6),
    figure(median.callsPerRequest, 1),
    answers,
  ];
}

function describeAnswers({ skipped, wrongAnswer, failed, wrong }) {
  if (skipped) return 'not run';
  if (wrongAnswer) return 'WRONG';
  return failed + wrong === 0 ? 'right' : `${failed} failed, ${wrong} wrong`;
}

/** Not every system tells what a process uses. */
function figure(number, digits = 0) {
  return Number.isFinite(number) ? number.toFixed(digits) : '–';
}

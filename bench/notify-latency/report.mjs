import { formatTable, percentile } from '../results.mjs';

const SHARES = { p50: 0.5, p95: 0.95, p99: 0.99 };

/** What the product promises for a machine with nothing else to do, in milliseconds after the commit. */
const TARGET_MS = 100;

// A load per core above this means that others had work as well, and that a missed target says little.
const IDLE_LOAD = 0.5;

/** Percentiles over every notification at every socket, in milliseconds, and how many never came or came too late. */
export function summarise(messages, subscribers) {
  const latencies = messages.flatMap((message) => message.latencies);
  const expected = messages.length * subscribers;
  return {
    subscribers,
    expected,
    lost: expected - latencies.length,
    late: latencies.filter((latency) => latency > TARGET_MS).length,
    product: percentiles(latencies),
    peer: percentiles(messages.flatMap(({ peerLatencies }) => peerLatencies)),
  };
}

export function formatReport({ machine, options, crowds }) {
  return [
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load before ${machine.loadBefore}`,
    `${options.notifications} notifications to every socket, one after the other`,
    ...crowds.map(formatCrowd),
    '',
    ...crowds.map((crowd) => verdict(crowd, machine)),
  ].join('\n');
}

function formatCrowd({ subscribers, product, peer, cpuMs }) {
  const names = Object.keys(SHARES);
  const row = (title, values, digits) => [title, ...names.map((name) => values[name]?.toFixed(digits) ?? '–')];
  const ratios = Object.fromEntries(names.map((name) => [name, product[name] / peer[name]]));
  const table = formatTable(
    [plural(subscribers), ...names],
    [
      row('commit → socket, through the graph, ms', product, 2),
      row('raw ws broadcast of the same bytes, ms', peer, 2),
      row('ratio', ratios, 1),
    ],
  );
  // Says what a notification costs even where the machine's other work has spoiled the latencies.
  const cost = cpuMs === undefined ? '' : `\n${cpuMs.toFixed(1)} ms of CPU per notification, sending and mail included`;
  return `\n${table}${cost}`;
}

function verdict({ subscribers, expected, lost, late }, { loadBefore, cores }) {
  const title = `Joined and there within ${TARGET_MS} ms of the commit, ${plural(subscribers)}:`;
  if (lost > 0) return `${title} NOT MET, ${lost} of ${expected} LOST`;
  if (late === 0) return `${title} met, by all ${expected}`;
  const busy = loadBefore > IDLE_LOAD * cores ? `, but the machine was not idle (load ${loadBefore})` : '';
  return `${title} NOT MET, by ${late} of ${expected}${busy}`;
}

function plural(subscribers) {
  return subscribers === 1 ? '1 socket' : `${subscribers} sockets`;
}

function percentiles(numbers) {
  if (numbers.length === 0) return {};
  return Object.fromEntries(Object.entries(SHARES).map(([name, share]) => [name, percentile(numbers, share)]));
}

import { formatTable, percentile } from '../results.mjs';

const SHARES = { p50: 0.5, p95: 0.95, p99: 0.99 };

/** Percentiles over every notification at every socket, in milliseconds, and how many never came. */
export function summarise(messages, subscribers) {
  const latencies = messages.flatMap((message) => message.latencies);
  const expected = messages.length * subscribers;
  return {
    expected,
    lost: expected - latencies.length,
    product: percentiles(latencies),
    peer: percentiles(messages.flatMap(({ peerLatencies }) => peerLatencies)),
  };
}

export function formatReport({ machine, options, expected, lost, product, peer }) {
  const names = Object.keys(SHARES);
  const row = (title, values, digits) => [title, ...names.map((name) => values[name]?.toFixed(digits) ?? '–')];
  const ratios = Object.fromEntries(names.map((name) => [name, product[name] / peer[name]]));
  return [
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load before ${machine.loadBefore}`,
    `${options.notifications} notifications to ${options.subscribers} sockets each, one after the other\n`,
    formatTable(
      ['', ...names],
      [
        row('commit → socket, through the graph, ms', product, 2),
        row('raw ws broadcast of the same bytes, ms', peer, 2),
        row('ratio', ratios, 1),
      ],
    ),
    lost === 0 ? `\nall ${expected} arrived` : `\nLOST: ${lost} of ${expected}`,
  ].join('\n');
}

function percentiles(numbers) {
  if (numbers.length === 0) return {};
  return Object.fromEntries(Object.entries(SHARES).map(([name, share]) => [name, percentile(numbers, share)]));
}

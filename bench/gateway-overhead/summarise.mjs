import { median } from '../results.mjs';
import { BASELINE } from './peers.mjs';

// Below this share of its core a gateway was held up by something else, and its throughput says little about it.
const UNDISTURBED = 0.9;

/**
 * The medians of a section's rounds, and each gateway's ratios to stock Apollo: by throughput, and by the CPU time that a
 * request costs, which holds on a busy machine too. There are none at all when an answer was wrong: a ratio next to a
 * wrong answer would be quoted without it.
 */
export function summariseSection(entries) {
  const summaries = entries.map(({ name, skipped, wrongAnswer, rounds }) => ({
    name,
    skipped,
    wrongAnswer,
    failed: sum(rounds, 'failed'),
    wrong: sum(rounds, 'wrong'),
    ...(rounds.length > 0 && { median: mediansOf(rounds), range: rangeOf(rounds) }),
  }));
  const trusted = summaries.every(({ wrongAnswer, wrong }) => !wrongAnswer && wrong === 0);
  const stock = summaries.find(({ name }) => name === BASELINE)?.median;
  if (!trusted || !stock) return { trusted, entries: summaries };
  return {
    trusted,
    entries: summaries.map((entry) => ({ ...entry, ratio: entry.median && ratioTo(stock, entry.median) })),
  };
}

function ratioTo(stock, gateway) {
  return {
    throughput: gateway.requestsPerSecond / stock.requestsPerSecond,
    cpu: stock.cpuMsPerRequest / gateway.cpuMsPerRequest,
    undisturbed: Math.min(stock.cpu, gateway.cpu) >= UNDISTURBED,
  };
}

function mediansOf(rounds) {
  return Object.fromEntries(
    Object.keys(rounds[0]).map((figure) => [figure, median(rounds.map((round) => round[figure]))]),
  );
}

function rangeOf(rounds) {
  const speeds = rounds.map(({ requestsPerSecond }) => requestsPerSecond);
  return { slowest: Math.min(...speeds), fastest: Math.max(...speeds) };
}

const sum = (rounds, figure) => rounds.reduce((total, round) => total + round[figure], 0);

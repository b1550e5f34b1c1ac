import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readArguments } from '../arguments.mjs';
import { canPin, Child } from '../process/child.mjs';
import { describeMachine, keepResult } from '../results.mjs';
import { composeSupergraph } from './compose-supergraph.mjs';
import { expectedAnswers } from './expected-answers.mjs';
import { measurePeer, SURROUNDINGS_CORE } from './measure-peer.mjs';
import { operations } from './operations.mjs';
import { BASELINE, peers } from './peers.mjs';
import { formatReport } from './report.mjs';
import { summariseSection } from './summarise.mjs';
import { WrongAnswer } from './verify-answers.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Runs the benchmark and returns the exit code: 1 when a gateway gave a wrong answer or failed under load. */
export async function run(given) {
  const options = readArguments(given, {
    seconds: { default: 5 },
    warmup: { default: 3 },
    connections: { default: 50 },
    rounds: { default: 3 },
    pages: { default: 64 },
    seed: { default: 20_261_120 },
    variety: { default: 'varied', choices: ['varied', 'repeated'] },
    peers: { default: Object.keys(peers), choices: Object.keys(peers) },
    operations: { default: Object.keys(operations), choices: Object.keys(operations) },
    deduplication: { default: ['off', 'on'], choices: ['off', 'on'] },
  });
  const machine = describeMachine();
  const folder = mkdtempSync(join(tmpdir(), 'gateway-overhead-'));
  const shop = { seed: options.seed, variety: options.variety, pages: options.pages };
  const subgraphs = new Child(here('subgraphs/main.mjs'), { core: SURROUNDINGS_CORE, args: [JSON.stringify(shop)] });
  const load = new Child(here('../load/main.mjs'), { core: SURROUNDINGS_CORE });
  try {
    const subgraphUrls = await subgraphs.receive();
    const supergraphFile = join(folder, 'supergraph.graphql');
    writeFileSync(supergraphFile, composeSupergraph(subgraphUrls));
    const sections = createSections(options, shop);
    // Peers take turns within a round, so that a noisy minute of the machine hits all of them and not one.
    for (let round = 0; round < options.rounds; round += 1) {
      for (const section of sections) {
        for (const entry of rotate(section.entries, round)) {
          const settings = { supergraphFile, subgraphUrls, deduplicate: section.deduplication === 'on' };
          await measureEntry(entry, { ...section, ...options, settings, load, subgraphs });
        }
      }
    }
    const result = {
      benchmark: 'gateway-overhead',
      machine: { ...machine, pinned: canPin },
      options,
      sections: sections.map(keep),
    };
    console.log(formatReport(result));
    console.log(`\nkept in ${keepResult('gateway-overhead', result)}`);
    return sections.some(({ entries }) => entries.some(isFaulty)) ? 1 : 0;
  } finally {
    await Promise.all([subgraphs.stop(), load.stop()]);
    rmSync(folder, { recursive: true });
  }
}

/** One section per operation and de-duplication: what is compared with one another and nothing else. */
function createSections(options, shop) {
  return options.operations.flatMap((operation) => {
    const expected = expectedAnswers(operations[operation], shop);
    const bodies = expected.map((_, page) => JSON.stringify({ query: operations[operation], variables: { page } }));
    const answerBytes = Math.round(Buffer.byteLength(JSON.stringify(expected)) / expected.length);
    return options.deduplication.map((deduplication) => ({
      operation,
      deduplication,
      answerBytes,
      bodies,
      expected,
      entries: options.peers
        // With de-duplication on, stock Apollo still runs: the ratios of both tables have the same foot to stand on.
        .filter((name) => deduplication === 'off' || peers[name].deduplicates || name === BASELINE)
        .map((name) => ({ name, skipped: peers[name].missing?.(), wrongAnswer: undefined, rounds: [] })),
    }));
  });
}

async function measureEntry(entry, conditions) {
  if (entry.skipped || entry.wrongAnswer) return;
  process.stderr.write(`${conditions.operation}, de-duplication ${conditions.deduplication}: ${entry.name} … `);
  try {
    const round = await measurePeer(peers[entry.name], conditions);
    entry.rounds.push(round);
    process.stderr.write(`${round.requestsPerSecond.toFixed(0)} requests/s\n`);
  } catch (error) {
    if (!(error instanceof WrongAnswer)) throw error;
    entry.wrongAnswer = error.message;
    process.stderr.write(`WRONG ANSWER: ${error.message}\n`);
  }
}

const isFaulty = ({ wrongAnswer, rounds }) => wrongAnswer || rounds.some(({ failed, wrong }) => failed + wrong > 0);
const rotate = (list, by) => list.map((_, index) => list[(index + by) % list.length]);
const keep = ({ operation, deduplication, answerBytes, entries }) => ({
  operation,
  deduplication,
  answerBytes,
  ...summariseSection(entries),
  rounds: Object.fromEntries(entries.map(({ name, rounds }) => [name, rounds])),
});

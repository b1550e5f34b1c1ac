import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readArguments } from '../arguments.mjs';
import { expectedAnswers } from '../gateway-overhead/expected-answers.mjs';
import { measurePeer, SURROUNDINGS_CORE } from '../gateway-overhead/measure-peer.mjs';
import { operations } from '../gateway-overhead/operations.mjs';
import { canPin, Child } from '../process/child.mjs';
import { describeMachine, keepResult } from '../results.mjs';
import { createCaller } from './caller.mjs';
import { formatReport, summarise } from './report.mjs';
import { composeGuardedSupergraph } from './supergraph.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** High limits that are counted all the same: whoever sends this much is one caller. */
const HIGH_RATES = { requestsPerAddress: 1e9, requestsPerPerson: 1e9, requestsPerKey: 1e9, costPerMinute: 1e12 };

/** The same gateway twice: as it is served, and with the guard left out. */
const GATEWAYS = ['guarded', 'unguarded'];

/** Runs the benchmark and returns the exit code: 1 when an answer was wrong or the guard costs more than it may. */
export async function run(given) {
  const options = readArguments(given, {
    seconds: { default: 5 },
    warmup: { default: 3 },
    connections: { default: 50 },
    rounds: { default: 5 },
    pages: { default: 64 },
    seed: { default: 20_261_120 },
    operations: { default: Object.keys(operations), choices: Object.keys(operations) },
  });
  const machine = describeMachine();
  const folder = mkdtempSync(join(tmpdir(), 'guard-'));
  const shop = { seed: options.seed, variety: 'varied', pages: options.pages };
  const caller = await createCaller();
  const subgraphs = new Child(here('../gateway-overhead/subgraphs/main.mjs'), {
    core: SURROUNDINGS_CORE,
    args: [JSON.stringify(shop)],
  });
  const load = new Child(here('../load/main.mjs'), { core: SURROUNDINGS_CORE });
  try {
    const supergraphFile = join(folder, 'supergraph.graphql');
    writeFileSync(supergraphFile, composeGuardedSupergraph(await subgraphs.receive()));
    const sections = [];
    for (const operation of options.operations) {
      const expected = expectedAnswers(operations[operation], shop);
      const bodies = expected.map((_, page) => JSON.stringify({ query: operations[operation], variables: { page } }));
      const conditions = {
        ...options,
        settings: { supergraphFile, jwksUrl: caller.jwksUrl },
        headers: caller.headers,
        bodies,
        expected,
        load,
        subgraphs,
      };
      sections.push({ operation, rounds: await measureRounds(operation, conditions) });
    }
    const result = {
      benchmark: 'guard',
      machine: { ...machine, pinned: canPin },
      options,
      sections: sections.map(summarise),
    };
    console.log(formatReport(result));
    console.log(`\nkept in ${keepResult('guard', result)}`);
    return result.sections.every(({ isRight, isWithinLimit }) => isRight && isWithinLimit) ? 0 : 1;
  } finally {
    caller.close();
    await Promise.all([subgraphs.stop(), load.stop()]);
    rmSync(folder, { recursive: true });
  }
}

/** The two take turns, and turns at going first, so that a noisy minute of the machine hits both. */
async function measureRounds(operation, conditions) {
  const rounds = { guarded: [], unguarded: [] };
  for (let round = 0; round < conditions.rounds; round += 1) {
    for (const name of round % 2 === 0 ? GATEWAYS : GATEWAYS.toReversed()) {
      process.stderr.write(`${operation}: ${name} … `);
      const outcome = await measurePeer(gateway(name), conditions);
      rounds[name].push(outcome);
      process.stderr.write(`${outcome.requestsPerSecond.toFixed(0)} requests/s\n`);
    }
  }
  return rounds;
}

const gateway = (name) => ({
  start: ({ port, ...settings }) => ({
    script: here('gateway.mjs'),
    args: [JSON.stringify({ settings: { ...HIGH_RATES, ...settings, port }, unguarded: name === 'unguarded' })],
  }),
});

import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readArguments } from '../arguments.mjs';
import { createCaller } from '../guard/caller.mjs';
import { Child, freePort } from '../process/child.mjs';
import { usageOf } from '../process/usage.mjs';
import { describeMachine, keepResult } from '../results.mjs';
import { formatReport, summarise } from './report.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Runs the benchmark and returns the exit code: 1 when a socket was lost or took more memory than it may. */
export async function run(given) {
  const options = readArguments(given, {
    sockets: { default: 10_000 },
    seconds: { default: 15 },
    rounds: { default: 1 },
    callers: { default: 'signed in', choices: ['signed in', 'anonymous'] },
  });
  const machine = describeMachine();
  const caller = await createCaller();
  try {
    const rounds = { gateway: [], bare: [] };
    for (let round = 0; round < options.rounds; round += 1) {
      for (const [name, start] of Object.entries({ bare: startBare, gateway: startGateway })) {
        process.stderr.write(`${name} … `);
        const outcome = await measure(await start(caller, options), caller, options);
        rounds[name].push(outcome);
        process.stderr.write(`${(outcome.grownBytes / 1e6).toFixed(0)} MB\n`);
      }
    }
    const result = { benchmark: 'idle-sockets', machine, options, ...summarise(rounds, options) };
    console.log(formatReport(result));
    console.log(`\nkept in ${keepResult('idle-sockets', result)}`);
    return result.isMet ? 0 : 1;
  } finally {
    caller.close();
  }
}

/** The gateway as it is served, with the product's own graph. Its subgraphs are not needed: nobody asks anything. */
async function startGateway({ jwksUrl }, { sockets }) {
  const port = await freePort();
  const settings = {
    port,
    jwksUrl,
    supergraphFile: here('../../schema/supergraph.graphql'),
    // All come from this machine.
    maxSockets: sockets,
    maxSocketsPerAddress: sockets,
    // Nor may a machine that is busy with something else have some of them refused.
    maxEventLoopDelayMs: 60_000,
  };
  const server = new Child(here('../guard/gateway.mjs'), { args: [JSON.stringify({ settings })] });
  await server.serving(`http://127.0.0.1:${port}/graphql`);
  return { server, url: `ws://127.0.0.1:${port}/graphql` };
}

async function startBare() {
  const server = new Child(here('bare-server.mjs'));
  return { server, url: await server.receive() };
}

async function measure({ server, url }, caller, { sockets, seconds, callers }) {
  const clients = new Child(here('clients.mjs'));
  const token = callers === 'anonymous' ? () => undefined : caller.token;
  try {
    // A few first, so that what is loaded and compiled with the first socket is not counted as theirs.
    await clients.ask({ open: { url, tokens: Array.from({ length: 100 }, token) } });
    await delay(2_000);
    const empty = usageOf(server.pid);
    await clients.ask({ open: { url, tokens: Array.from({ length: sockets - 100 }, token) } });
    await delay(2_000);
    const opened = usageOf(server.pid);
    await delay(seconds * 1_000);
    const full = usageOf(server.pid);
    const { lost } = await clients.ask({});
    return {
      lost,
      emptyBytes: empty.residentBytes,
      fullBytes: full.residentBytes,
      grownBytes: full.residentBytes - empty.residentBytes,
      idleCpu: (full.cpuSeconds - opened.cpuSeconds) / seconds,
    };
  } finally {
    await Promise.all([clients.stop(), server.stop()]);
  }
}

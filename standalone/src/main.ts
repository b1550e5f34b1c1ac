import { flushCompileCache } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from './database.ts';
import { readEnvironment } from './environment.ts';
import { greeting } from './greeting.ts';
import { optionsOf } from './options.ts';
import { startSupergraph } from './supergraph.ts';
import { untilToldToStop } from './termination.ts';

/** How long everything but the database may take to stop: whoever tells us to waits for 30 seconds at most. */
const STOP_LIMIT_MS = 25_000;

/** Until somebody says stop. */
async function run(): Promise<void> {
  const environment = readEnvironment();
  const told = untilToldToStop();
  const database = await openDatabase(environment);
  try {
    const supergraph = await startSupergraph(await optionsOf(environment, database.url));
    // Node keeps what it compiled on its way out only, and whoever is killed has no way out.
    flushCompileCache();
    process.stdout.write(greeting(supergraph));
    await told;
    // A handler or a job that does not end is run again after the next start.
    await Promise.race([supergraph.stop(), pause(STOP_LIMIT_MS, undefined, { ref: false })]);
  } finally {
    // Last: everything above writes to it until it has stopped.
    await database.stop();
    // Whatever did not stop in time would keep us alive.
    setTimeout(() => process.exit(1), 2_000).unref();
  }
}

try {
  await run();
} catch (error) {
  process.stderr.write(`\nSupergraph cannot run: ${(error as Error).message}\n`);
  process.exitCode = 1;
}

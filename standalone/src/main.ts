import { flushCompileCache } from 'node:module';
import { openDatabase } from './database.ts';
import { readEnvironment } from './environment.ts';
import { greeting } from './greeting.ts';
import { optionsOf } from './options.ts';
import { startSupergraph } from './supergraph.ts';
import { untilToldToStop } from './termination.ts';

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
    await supergraph.stop();
  } finally {
    // Last: everything above writes to it until it has stopped.
    await database.stop();
  }
}

try {
  await run();
} catch (error) {
  process.stderr.write(`\nSupergraph cannot run: ${(error as Error).message}\n`);
  process.exitCode = 1;
}

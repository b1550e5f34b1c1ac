import { openDatabase } from './database.ts';
import { readEnvironment } from './environment.ts';
import { greeting } from './greeting.ts';
import { optionsOf } from './options.ts';
import { startSupergraph } from './supergraph.ts';
import { untilToldToStop } from './termination.ts';

const environment = readEnvironment();
const told = untilToldToStop();
const database = await openDatabase(environment);
try {
  const supergraph = await startSupergraph(await optionsOf(environment, database.url));
  process.stdout.write(greeting(supergraph));
  await told;
  await supergraph.stop();
} catch (error) {
  process.stderr.write(`\nSupergraph did not start: ${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  // Last: everything above writes to it until it has stopped.
  await database.stop();
}

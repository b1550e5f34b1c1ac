import { openDatabase } from './database.ts';
import { readEnvironment } from './environment.ts';
import { greeting } from './greeting.ts';
import { optionsOf } from './options.ts';
import { startSupergraph } from './supergraph.ts';

// Demo content comes from use-cases and from the events they cause, so everything has to run for a moment.
const environment = readEnvironment();
const database = await openDatabase(environment);
try {
  const options = await optionsOf(environment, database.url);
  const supergraph = await startSupergraph({ ...options, host: '127.0.0.1', port: 0, demoData: true });
  process.stdout.write(greeting(supergraph));
  await supergraph.stop();
} finally {
  await database.stop();
}

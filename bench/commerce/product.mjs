import { startSupergraph } from '../../standalone/dist/supergraph.js';
import { optionsOf } from '../../standalone/dist/options.js';
import { readEnvironment } from '../../standalone/dist/environment.js';

// The product as `npm start` runs it, and how many statements it sends to the database.
const environment = readEnvironment();
let statements = 0;
const supergraph = await startSupergraph({
  ...(await optionsOf(environment, environment.DATABASE_URL)),
  onSql: (statement) => {
    // Of commerce, and not what wakes every second to look for work.
    if (!/\bbus\b|pgboss|"?begin|^commit|^rollback/i.test(statement)) statements += 1;
  },
});
process.send(supergraph.url);
process.on('message', () => {
  process.send(statements);
  statements = 0;
});
process.on('disconnect', () => process.exit());
process.once('SIGTERM', () => void supergraph.stop().then(() => process.exit(0)));

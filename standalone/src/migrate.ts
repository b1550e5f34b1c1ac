import { migrate } from '@supergraph/subgraph-kit';
import { openDatabase } from './database.ts';
import { readEnvironment } from './environment.ts';
import { migrationPlans } from './supergraph.ts';

const database = await openDatabase(readEnvironment());
try {
  await migrate(database.url, migrationPlans);
  process.stdout.write(`Migrated: ${migrationPlans.map((plan) => plan.subgraph).join(', ')}\n`);
} finally {
  await database.stop();
}

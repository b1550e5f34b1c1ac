import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@supergraph/testkit';
import { migrate } from '../../src/database/migrate.ts';

const MIGRATIONS = fileURLToPath(new URL('migrations', import.meta.url));
const BUS = fileURLToPath(new URL('../../migrations/bus/0001_events.sql', import.meta.url));

/** A database with the bus, the ledger's table and its job queue. */
export async function createLedgerDatabase(): Promise<TestDatabase> {
  return createTestDatabase({
    template: 'ledger',
    fingerprint: (await readFile(BUS, 'utf8')) + (await readFile(`${MIGRATIONS}/0001_ledger.sql`, 'utf8')),
    prepare: (url) => migrate(url, [{ subgraph: 'ledger', migrations: MIGRATIONS, subscriptions: [] }]),
  });
}

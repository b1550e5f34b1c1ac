import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@supergraph/testkit';
import { migrate, migrationFolders } from '../../src/database/migrate.ts';

const folder = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export const PLANS = [
  { subgraph: 'ledger', migrations: folder('migrations'), subscriptions: [], jobs: true },
  { subgraph: 'clerk', migrations: folder('clerk'), subscriptions: [], jobs: false },
];

/** A database with the bus, the ledger's table and its job queue, and a clerk who may settle dead letters. */
export async function createLedgerDatabase(): Promise<TestDatabase> {
  const folders = new Set(PLANS.flatMap(migrationFolders));
  const texts = await Promise.all([...folders].map(readAll));
  return createTestDatabase({
    template: 'ledger',
    fingerprint: texts.join('\n'),
    prepare: (url) => migrate(url, PLANS),
  });
}

async function readAll(path: string): Promise<string> {
  const files = (await readdir(path)).sort();
  return (await Promise.all(files.map((file) => readFile(join(path, file), 'utf8')))).join('\n');
}

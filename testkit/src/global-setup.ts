import { startEmbeddedDatabase } from '@supergraph/embedded-database';

/**
 * One PostgreSQL for the whole run; every test file gets its own database on it. `DATABASE_URL` names a server to use
 * instead.
 */
export default async function globalSetup(): Promise<void> {
  if (process.env.DATABASE_URL) return;
  const database = await startEmbeddedDatabase({
    // Nothing here has to outlive the run, so nothing waits for the disk.
    settings: {
      max_connections: '400',
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      // It may be memory that the log fills.
      max_wal_size: '128MB',
    },
  });
  process.env.DATABASE_URL = database.url;
  globalThis.supergraphTestDatabase = database;
}

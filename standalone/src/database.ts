import { join } from 'node:path';
import { startEmbeddedDatabase } from '@supergraph/embedded-database';
import type { StandaloneEnvironment } from './environment.ts';

export interface Database {
  readonly url: string;
  stop(): Promise<void>;
}

/** The database of `DATABASE_URL`, or the embedded one in the data folder. */
export async function openDatabase(environment: StandaloneEnvironment): Promise<Database> {
  if (environment.DATABASE_URL) return { url: environment.DATABASE_URL, stop: async () => {} };
  return startEmbeddedDatabase({
    folder: join(environment.DATA_FOLDER, 'postgres'),
    settings: { max_connections: '200' },
  });
}

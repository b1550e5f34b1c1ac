import { totalmem } from 'node:os';
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
    settings: { max_connections: '200', shared_buffers: `${bufferMegabytes()}MB` },
  });
}

/** What PostgreSQL keeps at hand: an eighth of the memory, taken only as far as there is data to fill it. */
function bufferMegabytes(): number {
  return Math.min(1_024, Math.max(128, Math.floor(totalmem() / 2 ** 20 / 8)));
}

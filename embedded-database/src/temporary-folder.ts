import { mkdtemp, statfs } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'supergraph-postgres-';

/** Linux's file system in memory. PostgreSQL creates hundreds of files for each database, which no disk does as fast. */
const MEMORY = '/dev/shm';

/** Far more than a test run writes. Containers often have 64 MiB there. */
const ENOUGH_BYTES = 4 * 1024 ** 3;

/** A new folder for what nobody keeps: in memory where there is plenty, or among the temporary files. */
export async function createTemporaryFolder(memory = MEMORY, enough = ENOUGH_BYTES): Promise<string> {
  if (freemem() >= enough && (await bytesFree(memory)) >= enough) {
    try {
      return await mkdtemp(join(memory, PREFIX));
    } catch {
      // Not for us to write to.
    }
  }
  return mkdtemp(join(tmpdir(), PREFIX));
}

async function bytesFree(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}

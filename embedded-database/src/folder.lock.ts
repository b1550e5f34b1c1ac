import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';

const WAIT_MS = 120_000;
const SQLITE_BUSY = 5;

/**
 * Runs something while no other process runs anything under the lock of this folder.
 *
 * SQLite for its file locks: the operating system lets go of them when their holder dies, which a file that merely
 * exists would not.
 */
export async function exclusively<Result>(folder: string, run: () => Promise<Result>): Promise<Result> {
  const lock = new DatabaseSync(join(folder, 'lock'));
  try {
    const deadline = performance.now() + WAIT_MS;
    while (!tryLock(lock)) {
      if (performance.now() > deadline) throw new Error(`Another process has been busy with ${folder} for too long.`);
      await pause(25);
    }
    return await run();
  } finally {
    lock.close();
  }
}

function tryLock(lock: DatabaseSync): boolean {
  try {
    lock.exec('begin exclusive');
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false;
    throw error;
  }
}

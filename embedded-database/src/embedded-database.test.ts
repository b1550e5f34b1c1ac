import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startEmbeddedDatabase } from './embedded-database.ts';
import { findPostmaster, isAlive } from './postmaster.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-database-test-'));
  await chmod(folder, 0o755);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('an embedded database', () => {
  it('keeps its data from one start to the next, and leaves no process', async () => {
    const first = await startEmbeddedDatabase({ folder });
    await ask(first.url, 'create table kept as select 42 as answer');
    const server = await findPostmaster(join(folder, 'cluster'));
    await first.stop();
    expect(isAlive(server!.pid)).toBe(false);

    const second = await startEmbeddedDatabase({ folder });
    expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  it('is joined, not stopped, by a second user of its folder', async () => {
    const built = fileURLToPath(new URL('../dist/index.js', import.meta.url));
    const program = `import { startEmbeddedDatabase } from ${JSON.stringify(built)};
      await startEmbeddedDatabase({ folder: ${JSON.stringify(folder)} });
      console.log('up');
      setInterval(() => {}, 1000);`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(owner.stdout, 'data');

    const joined = await startEmbeddedDatabase({ folder });
    await joined.stop();
    const server = await findPostmaster(join(folder, 'cluster'));
    expect(server).toBeDefined();

    // Its owner dies without a chance to clean up: the next one takes over the server that is still there.
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const heir = await startEmbeddedDatabase({ folder });
    expect(await findPostmaster(join(folder, 'cluster'))).toEqual(server);
    await heir.stop();
    expect(isAlive(server!.pid)).toBe(false);
  });

  // Only root has a PostgreSQL account beside its own; for anybody else a folder of theirs is always within reach.
  it('starts in a folder that its account cannot enter', async () => {
    const shut = join(folder, 'private');
    await mkdir(shut, { mode: 0o700 });
    const first = await startEmbeddedDatabase({ folder: join(shut, 'data') });
    await ask(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    const second = await startEmbeddedDatabase({ folder: join(shut, 'data') });
    expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.stop();
    const elsewhere = await readFile(join(shut, 'data', 'location'), 'utf8').catch(() => undefined);
    expect(elsewhere === undefined).toBe(process.getuid?.() !== 0);
    if (elsewhere) await rm(elsewhere, { recursive: true });
  });

  it('in no folder leaves nothing behind', async () => {
    const database = await startEmbeddedDatabase();
    expect(await ask(database.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await database.stop();
    await expect(ask(database.url, 'select 1')).rejects.toThrow();
  });
});

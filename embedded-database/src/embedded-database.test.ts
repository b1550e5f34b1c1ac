import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startEmbeddedDatabase } from './embedded-database.ts';
import { findPostmaster, isAlive, isRunning } from './postmaster.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded database test '));
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

/** Another process that starts a database and lives until it is killed. */
function runUser(folder?: string): { url: Promise<string>; kill(): Promise<void> } {
  const built = fileURLToPath(new URL('../dist/index.js', import.meta.url));
  const program = `import { startEmbeddedDatabase } from ${JSON.stringify(built)};
    const { url } = await startEmbeddedDatabase(${JSON.stringify({ folder })});
    console.log(url);
    setInterval(() => {}, 1000);`;
  const user = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return {
    url: once(user.stdout, 'data').then(([line]) => String(line).trim()),
    kill: async () => {
      user.kill('SIGKILL');
      await once(user, 'exit');
    },
  };
}

describe('an embedded database', () => {
  it('keeps its data from one start to the next, and leaves no process', async () => {
    const first = await startEmbeddedDatabase({ folder });
    await ask(first.url, 'create table kept as select 42 as answer');
    const server = await findPostmaster(join(folder, 'cluster'));
    await first.stop();
    expect(await isRunning(server!)).toBe(false);

    const second = await startEmbeddedDatabase({ folder });
    expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  it('is joined, not stopped, by a second user of its folder', async () => {
    const owner = runUser(folder);
    await owner.url;

    const joined = await startEmbeddedDatabase({ folder });
    await joined.stop();
    const server = await findPostmaster(join(folder, 'cluster'));
    expect(server).toBeDefined();

    // Its owner dies without a chance to clean up: the next one takes over the server that is still there.
    await owner.kill();
    const heir = await startEmbeddedDatabase({ folder });
    expect(await findPostmaster(join(folder, 'cluster'))).toEqual(server);
    await heir.stop();
    expect(await isRunning(server!)).toBe(false);
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

  it('on which a killed start left half a cluster starts afresh', async () => {
    await mkdir(join(folder, 'cluster.draft-dead'));
    await writeFile(join(folder, 'cluster.draft-dead', 'PG_VERSION'), '18');
    const database = await startEmbeddedDatabase({ folder });
    expect(await ask(database.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await database.stop();
    expect(await readdir(folder)).not.toContain('cluster.draft-dead');
  });

  it('is started once by two that start at once, in a folder that is new', async () => {
    const users = [runUser(folder), runUser(folder)];
    const [first, second] = await Promise.all(users.map((user) => user.url));
    expect(second).toBe(first);
    expect(await ask(first!, 'select 1 as one')).toEqual([{ one: 1 }]);
    const server = await findPostmaster(join(folder, 'cluster'));
    for (const user of users) await user.kill();
    await (await startEmbeddedDatabase({ folder })).stop();
    expect(await isRunning(server!)).toBe(false);
  });

  it('whose process number went to another process leaves that one alone', async () => {
    await (await startEmbeddedDatabase({ folder })).stop();
    const bystander = spawn('sleep', ['60'], { uid: (await stat(join(folder, 'cluster'))).uid });
    await once(bystander, 'spawn');
    const stale = [bystander.pid, join(folder, 'cluster'), 1_790_000_000, 5432, '', '127.0.0.1', '', 'ready   ', ''];
    await writeFile(join(folder, 'cluster', 'postmaster.pid'), stale.join('\n'));

    const database = await startEmbeddedDatabase({ folder });
    expect(await ask(database.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await database.stop();
    expect(isAlive(bystander.pid!)).toBe(true);
    bystander.kill();
  });

  it('that is just ending is waited for, then started again', async () => {
    const first = await startEmbeddedDatabase({ folder });
    const server = await findPostmaster(join(folder, 'cluster'));
    const client = new pg.Client({ connectionString: first.url });
    await client.connect();
    // PostgreSQL's patient way to end: not before its last client has gone.
    process.kill(server!.pid, 'SIGTERM');
    while ((await findPostmaster(join(folder, 'cluster')))?.ready) await pause(5);
    const second = startEmbeddedDatabase({ folder });
    await pause(100);
    await client.end();
    expect(await ask((await second).url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await (await second).stop();
  });

  it('in no folder is gone with its user, however that one ends', async () => {
    const user = runUser();
    const { port } = new URL(await user.url);
    await user.kill();
    const refusal = () =>
      ask(`postgres://postgres@127.0.0.1:${port}/postgres`, 'select 1').catch((error) => error.code);
    while ((await refusal()) !== 'ECONNREFUSED') await pause(20);
    expect(await refusal()).toBe('ECONNREFUSED');
  });

  it('in no folder leaves nothing behind', async () => {
    const database = await startEmbeddedDatabase();
    expect(await ask(database.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await database.stop();
    await expect(ask(database.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
  });
});

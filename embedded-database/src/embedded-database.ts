import { execFile, spawn } from 'node:child_process';
import { chown, mkdir, mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findBinaries } from './binaries.ts';
import { type PostgresAccount, postgresAccount } from './postgres-account.ts';
import { findPostmaster, isAlive, type Postmaster } from './postmaster.ts';
import { homeOf } from './reach.ts';

const run = promisify(execFile);
const START_TIMEOUT_MS = 60_000;

export interface EmbeddedDatabaseOptions {
  /** Where the cluster is kept. Without it: in a temporary folder that is deleted at the end. */
  readonly folder?: string;
  /** Server settings, for example `{ max_connections: '300' }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedDatabase {
  /** A superuser's URL of the `postgres` database. */
  readonly url: string;
  /** Stops the server, unless another process of ours started it and still lives. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on a folder, or joins the one that already runs there.
 *
 * A server outlives a `kill -9` of the process that started it; the next start adopts it instead of failing on its lock.
 */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions = {}): Promise<EmbeddedDatabase> {
  const account = await postgresAccount();
  const asked = options.folder ? resolve(options.folder) : await mkdtemp(join(tmpdir(), 'supergraph-postgres-'));
  await mkdir(asked, { recursive: true });
  const folder = await homeOf(asked, account);
  if (account) await chown(folder, account.uid, account.gid);

  const cluster = join(folder, 'cluster');
  const password = await readPassword(folder);
  const running = await findPostmaster(cluster);
  const server = running ?? (await launch(cluster, folder, password, account, options.settings ?? {}));
  const owner = join(folder, 'owner.pid');
  const shared = running !== undefined && (await ownedByAnother(owner));
  if (!shared) await writeFile(owner, String(process.pid));

  return {
    url: `postgres://postgres:${password}@127.0.0.1:${server.port}/postgres`,
    stop: async () => {
      if (!shared) {
        await stop(server.pid);
        await rm(owner, { force: true });
      }
      if (options.folder) return;
      for (const path of new Set([folder, asked])) await rm(path, { recursive: true, force: true });
    },
  };
}

async function launch(
  cluster: string,
  folder: string,
  password: string,
  account: PostgresAccount | undefined,
  settings: Readonly<Record<string, string>>,
): Promise<Postmaster> {
  const binaries = await findBinaries(account);
  const initialised = await stat(join(cluster, 'PG_VERSION')).catch(() => undefined);
  if (!initialised) await initialise(binaries.initdb, cluster, password, account);

  const port = await freePort();
  const log = await open(join(folder, 'postgres.log'), 'a');
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // Its own process group: Ctrl-C in the terminal is for us, and we stop the server after everything that uses it.
  const child = spawn(binaries.postgres, ['-D', cluster, '-p', String(port), '-h', '127.0.0.1', '-k', '', ...flags], {
    ...account,
    cwd: folder,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  child.unref();
  await log.close();
  return whenReady(cluster, child.pid!, join(folder, 'postgres.log'));
}

async function initialise(
  initdb: string,
  cluster: string,
  password: string,
  account: PostgresAccount | undefined,
): Promise<void> {
  const secretFolder = await mkdtemp(join(tmpdir(), 'supergraph-initdb-'));
  const secret = join(secretFolder, 'password');
  try {
    await writeFile(secret, password, { mode: 0o600 });
    if (account) {
      await chown(secretFolder, account.uid, account.gid);
      await chown(secret, account.uid, account.gid);
    }
    const flags = ['--auth=scram-sha-256', '--username=postgres', '--encoding=UTF8', '--locale=C', '--no-sync'];
    await run(initdb, [`--pgdata=${cluster}`, `--pwfile=${secret}`, ...flags], { ...account, cwd: tmpdir() });
  } catch (error) {
    // A half-made cluster would look initialised the next time.
    await rm(cluster, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(secretFolder, { recursive: true, force: true });
  }
}

async function whenReady(cluster: string, pid: number, log: string): Promise<Postmaster> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const server = await findPostmaster(cluster);
    if (server?.pid === pid) return server;
    if (!isAlive(pid)) break;
    await sleep(25);
  }
  throw new Error(`PostgreSQL did not start; its log is ${log}`);
}

async function stop(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  // SIGINT is PostgreSQL's "fast" shutdown: disconnect everybody, write a checkpoint, leave no recovery for next time.
  process.kill(pid, 'SIGINT');
  while (isAlive(pid)) await sleep(20);
}

async function readPassword(folder: string): Promise<string> {
  const path = join(folder, 'password');
  const existing = await readFile(path, 'utf8').catch(() => undefined);
  if (existing) return existing;
  const password = Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString('base64url');
  await writeFile(path, password, { mode: 0o600 });
  return password;
}

async function ownedByAnother(owner: string): Promise<boolean> {
  const pid = Number(await readFile(owner, 'utf8').catch(() => ''));
  return pid > 0 && pid !== process.pid && isAlive(pid);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

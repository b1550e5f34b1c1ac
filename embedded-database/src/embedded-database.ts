import { chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { findBinaries } from './binaries.ts';
import { ensureCluster } from './cluster.ts';
import { exclusively } from './folder.lock.ts';
import { guard } from './guard.ts';
import { postgresAccount } from './postgres-account.ts';
import { isAlive, type Postmaster } from './postmaster.ts';
import { homeOf } from './reach.ts';
import { launchServer, settledServer, stopServer } from './server.process.ts';
import { createTemporaryFolder } from './temporary-folder.ts';

export interface EmbeddedDatabaseOptions {
  /** Where the cluster is kept. Without it: in a temporary folder, in memory where there is plenty, that is deleted at the end. */
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
  const folder = options.folder ? resolve(options.folder) : await createTemporaryFolder();
  await mkdir(folder, { recursive: true });
  const { server, home, password, shared } = await exclusively(folder, () => open(folder, options.settings ?? {}));
  const dismiss = options.folder ? undefined : guard(server.pid, home);
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${server.port}/postgres`,
    stop: async () => {
      if (!shared) await exclusively(folder, () => close(server, home));
      if (options.folder) return;
      dismiss?.();
      for (const path of new Set([home, folder])) await rm(path, { recursive: true, force: true });
    },
  };
}

interface OpenServer {
  readonly server: Postmaster;
  /** Where the folder's cluster really is. */
  readonly home: string;
  readonly password: string;
  /** Whether another process that still lives will stop it. */
  readonly shared: boolean;
}

async function open(folder: string, settings: Readonly<Record<string, string>>): Promise<OpenServer> {
  const account = await postgresAccount();
  const home = await homeOf(folder, account);
  if (account) await chown(home, account.uid, account.gid);
  const password = await readPassword(home);
  const running = await settledServer(join(home, 'cluster'));
  if (running && (await ownedByAnother(home))) return { server: running, home, password, shared: true };
  let server = running;
  if (!server) {
    const { initdb, postgres } = await findBinaries(account);
    await ensureCluster(home, initdb, password, account);
    server = await launchServer({ postgres, folder: home, account, settings });
  }
  await writeFile(ownerOf(home), String(process.pid));
  return { server, home, password, shared: false };
}

async function close(server: Postmaster, home: string): Promise<void> {
  await stopServer(server);
  await rm(ownerOf(home), { force: true });
}

async function readPassword(home: string): Promise<string> {
  const path = join(home, 'password');
  const existing = await readFile(path, 'utf8').catch(() => undefined);
  if (existing) return existing;
  const password = Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString('base64url');
  await writeFile(path, password, { mode: 0o600 });
  return password;
}

const ownerOf = (home: string): string => join(home, 'owner.pid');

async function ownedByAnother(home: string): Promise<boolean> {
  const pid = Number(await readFile(ownerOf(home), 'utf8').catch(() => ''));
  return pid > 0 && pid !== process.pid && isAlive(pid);
}

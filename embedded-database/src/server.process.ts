import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PostgresAccount } from './postgres-account.ts';
import { findPostmaster, isAlive, isRunning, type Postmaster } from './postmaster.ts';

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
/** A start can fail for a reason that passes: the port was taken meanwhile, or a killed server's children still die. */
const ATTEMPTS = 3;

export interface ServerCommand {
  readonly postgres: string;
  readonly folder: string;
  readonly account: PostgresAccount | undefined;
  readonly settings: Readonly<Record<string, string>>;
}

/** The server that runs on a cluster, once it has made up its mind: ready, or gone. */
export async function settledServer(cluster: string): Promise<Postmaster | undefined> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const server = await findPostmaster(cluster);
    if (!server || server.ready) return server;
    await pause(25);
  }
  throw new Error(`The PostgreSQL of ${cluster} neither starts nor ends.`);
}

/** Starts a server on the folder's cluster, on which none may run. */
export async function launchServer(command: ServerCommand): Promise<Postmaster> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const server = await launch(command);
    if (server) return server;
    await pause(200 * attempt);
  }
  throw new Error(`PostgreSQL did not start; its log is ${join(command.folder, 'postgres.log')}`);
}

async function launch({ postgres, folder, account, settings }: ServerCommand): Promise<Postmaster | undefined> {
  const cluster = join(folder, 'cluster');
  // PostgreSQL itself would refuse to start when the process that the file names lives, whatever that is.
  await rm(join(cluster, 'postmaster.pid'), { force: true });
  const port = await freePort();
  const log = await open(join(folder, 'postgres.log'), 'a');
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // Its own process group: Ctrl-C in the terminal is for us, and we stop the server after everything that uses it.
  const child = spawn(postgres, ['-D', cluster, '-p', String(port), '-h', '127.0.0.1', '-k', '', ...flags], {
    ...account,
    cwd: folder,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  child.unref();
  const spawned = once(child, 'spawn');
  await spawned.finally(() => log.close());
  return whenReady(cluster, child.pid!);
}

/** `undefined` when it ends instead. */
async function whenReady(cluster: string, pid: number): Promise<Postmaster | undefined> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline && isAlive(pid)) {
    const server = await findPostmaster(cluster);
    if (server?.pid === pid && server.ready) return server;
    await pause(25);
  }
  return undefined;
}

/** Disconnects everybody and ends the server in good order, so that there is nothing to recover next time. */
export async function stopServer(server: Postmaster): Promise<void> {
  const deadline = performance.now() + STOP_TIMEOUT_MS;
  if (!(await isRunning(server))) return;
  process.kill(server.pid, 'SIGINT');
  while (await isRunning(server)) {
    // Not in good order, then: what was committed is kept all the same.
    if (performance.now() > deadline) process.kill(server.pid, 'SIGQUIT');
    await pause(20);
  }
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

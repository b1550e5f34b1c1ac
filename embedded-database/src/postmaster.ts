import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A running server, as its own `postmaster.pid` describes it. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Its cluster, as it was called with. */
  readonly folder: string;
  /** Whether it takes connections; otherwise it is about to, or about to end. */
  readonly ready: boolean;
}

/** The server that runs on a cluster, if one does. A pid file left by a crash counts as none. */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid, folder, , port, , , , status] = text.split('\n');
  if (!Number(pid) || !folder) return undefined;
  const server = { pid: Number(pid), port: Number(port), folder, ready: status?.trim() === 'ready' };
  return (await isRunning(server)) ? server : undefined;
}

/**
 * Whether this very server runs. After a crash or a reboot its number may belong to any process, which must be neither
 * joined nor stopped; and one that nobody buries, as in a container without an init, stays a number for ever.
 */
export async function isRunning({ pid, folder }: Pick<Postmaster, 'pid' | 'folder'>): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const command = await commandOf(pid);
  return command === undefined || command.includes(folder);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** How a process was called, with its arguments: nothing when it has ended, `undefined` where that cannot be known. */
async function commandOf(pid: number): Promise<string | undefined> {
  const command = process.platform === 'linux' ? commandInProc : commandInPs;
  return command(pid).catch(() =>
    // It ended meanwhile, unless we would not even see ourselves.
    command(process.pid).then(
      () => '',
      () => undefined,
    ),
  );
}

function commandInProc(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, 'utf8');
}

/** Not on Windows. */
async function commandInPs(pid: number): Promise<string> {
  return (await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).stdout;
}

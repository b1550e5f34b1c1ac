import { randomBytes } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { PostgresAccount } from './postgres-account.ts';

/**
 * For root only. PostgreSQL then runs under an account of its own, which cannot enter `/root`, nor a folder that
 * `mktemp -d` made: what lies there has to be kept or copied to where it can.
 */
const SHELTER = '/var/lib/supergraph-embedded';

/** Where a folder's cluster is really kept: in the folder, unless PostgreSQL's account cannot get there. */
export async function homeOf(folder: string, account: PostgresAccount | undefined): Promise<string> {
  if (!account || (await canReach(folder, account))) return folder;
  // Deleting the folder must mean starting afresh, so it is the folder that knows where its cluster is.
  const signpost = join(folder, 'location');
  const known = await readFile(signpost, 'utf8').catch(() => undefined);
  const home = known ?? join(SHELTER, randomBytes(8).toString('hex'));
  // Also when it is known: a folder can outlive the machine, or the container, that its signpost was made for.
  await mkdir(home, { recursive: true });
  if (!known) await writeFile(signpost, home);
  return home;
}

/** The folder itself, or a copy of it that PostgreSQL's account can read; made once for each version. */
export async function readableCopy(folder: string, version: string, account?: PostgresAccount): Promise<string> {
  if (!account || (await canReach(folder, account))) return folder;
  const copy = join(SHELTER, version, basename(folder));
  if (await stat(copy).catch(() => undefined)) return copy;
  await mkdir(dirname(copy), { recursive: true });
  // Whole or not at all, also when two processes make it at the same time.
  const draft = `${copy}.${randomBytes(4).toString('hex')}`;
  await cp(folder, draft, { recursive: true, verbatimSymlinks: true });
  await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }));
  return copy;
}

async function canReach(path: string, { uid, gid }: PostgresAccount): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid: owner, gid: group } = await stat(folder);
    const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
    if (!(mode & bit)) return false;
    if (folder === dirname(folder)) return true;
  }
}

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PostgresAccount } from './postgres-account.ts';

const run = promisify(execFile);

const DRAFT = 'cluster.draft-';

/** Makes the files of a server, unless they are there. */
export async function ensureCluster(
  folder: string,
  initdb: string,
  password: string,
  account: PostgresAccount | undefined,
): Promise<void> {
  const cluster = join(folder, 'cluster');
  if (await stat(cluster).catch(() => undefined)) return;
  // Under a name of its own until it is whole. A killed start leaves a half-made cluster, and perhaps the process that
  // is still making it.
  const draft = join(folder, DRAFT + randomBytes(4).toString('hex'));
  await initialise(initdb, draft, password, account);
  await rename(draft, cluster);
  const leftovers = (await readdir(folder)).filter((name) => name.startsWith(DRAFT));
  for (const name of leftovers) await rm(join(folder, name), { recursive: true, force: true }).catch(() => {});
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
  } finally {
    await rm(secretFolder, { recursive: true, force: true });
  }
}

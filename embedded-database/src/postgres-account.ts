import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whom PostgreSQL runs as; `undefined` means: as we do. */
export interface PostgresAccount {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root, which is what one is in most containers: then it gets an account of its own. */
export async function postgresAccount(): Promise<PostgresAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  return (await lookUp()) ?? (await create());
}

async function lookUp(): Promise<PostgresAccount | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function create(): Promise<PostgresAccount> {
  await run('groupadd', ['-f', 'postgres']);
  await run('useradd', ['-g', 'postgres', 'postgres']);
  const account = await lookUp();
  if (!account) throw new Error('PostgreSQL cannot run as root, and no account for it could be made.');
  return account;
}

import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

export interface Secrets {
  /** With which the gateway signs its calls to subgraphs. */
  readonly signing: string;
  /** Root secrets for what is sealed at rest, newest first, separated by commas. */
  readonly sealing: string;
}

/**
 * The secrets given, or else those of the data folder, made on the first run.
 *
 * They lie beside the database because they are worth nothing without each other: losing them makes sealed columns
 * unreadable.
 */
export async function loadSecrets(
  folder: string,
  given: { signing?: string | undefined; sealing?: string | undefined },
): Promise<Secrets> {
  if (given.signing && given.sealing) return { signing: given.signing, sealing: given.sealing };
  const path = join(folder, 'secrets.json');
  const secrets = (await readSecrets(path)) ?? (await makeSecrets(folder, path));
  return { signing: given.signing ?? secrets.signing, sealing: given.sealing ?? secrets.sealing };
}

const stored = z.object({ signing: z.string().min(32), sealing: z.string().min(32) });

/** `undefined` only when there are none. Whatever else is wrong must not have them replaced. */
async function readSecrets(path: string): Promise<Secrets | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return stored.parse(JSON.parse(text));
  } catch {
    throw new Error(`${path} is damaged: put it back from a backup. What was sealed with it is unreadable without.`);
  }
}

async function makeSecrets(folder: string, path: string): Promise<Secrets> {
  const made: Secrets = {
    signing: randomBytes(32).toString('base64url'),
    sealing: randomBytes(32).toString('base64url'),
  };
  await mkdir(folder, { recursive: true });
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(draft, JSON.stringify(made), { mode: 0o600, flush: true });
    // Whole or not at all, and never in place of another's: of several that start at once, one makes them.
    await link(draft, path);
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return (await readSecrets(path))!;
  } finally {
    await rm(draft, { force: true });
  }
}

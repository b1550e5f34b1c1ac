import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

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
  const kept = await readFile(path, 'utf8').then(
    (text) => JSON.parse(text) as Secrets,
    () => undefined,
  );
  const secrets = kept ?? (await makeSecrets(folder, path));
  return { signing: given.signing ?? secrets.signing, sealing: given.sealing ?? secrets.sealing };
}

async function makeSecrets(folder: string, path: string): Promise<Secrets> {
  const secrets: Secrets = {
    signing: randomBytes(32).toString('base64url'),
    sealing: randomBytes(32).toString('base64url'),
  };
  await mkdir(folder, { recursive: true });
  // Whole or not at all: a file cut short by a crash would lose the second secret's data for good.
  await writeFile(`${path}.new`, JSON.stringify(secrets), { mode: 0o600 });
  await rename(`${path}.new`, path);
  return secrets;
}

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, from here as well as from dist. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export const SUPERGRAPH_CONFIG = 'supergraph.yaml';
export const SUPERGRAPH_FILE = 'schema/supergraph.graphql';
export const BREAKING_CHANGES_FILE = 'schema/breaking-changes.md';

/** The text of a file of the workspace; undefined when there is none. */
export async function readWorkspaceFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(join(ROOT, path), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Every SDL in `schema/`, as paths from the root. */
export async function listSchemaFiles(): Promise<string[]> {
  const names = await readdir(join(ROOT, 'schema'));
  return names.filter((name) => name.endsWith('.graphql')).map((name) => `schema/${name}`);
}

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gqlPluckFromCodeString } from '@graphql-tools/graphql-tag-pluck';
import { Source } from 'graphql';

const DOCUMENT_FILE = /\.(?:graphql|gql)$/;
const CODE_FILE = /\.[cm]?[jt]sx?$/;
/** Made of sources, or of others' sources. */
const NOT_SOURCES: ReadonlySet<string> = new Set(['node_modules', 'dist', 'build', 'out', 'coverage']);
const TAGS = ['gql', 'graphql'];

export interface ClientSources {
  /** One for each file of documents and for each template; named after their files, and as far down in them. */
  readonly sources: readonly Source[];
  /** Files that cannot be read as what they are. */
  readonly problems: readonly string[];
}

/**
 * Finds all GraphQL of a client: files of it, and templates tagged `gql` or `graphql` in its code. What a template
 * interpolates is left out, because fragments are found by their names anyway.
 */
export async function readClientSources(folder: string): Promise<ClientSources> {
  const sources: Source[] = [];
  const problems: string[] = [];
  for (const path of await filesBelow(folder)) {
    const text = await readFile(path, 'utf8');
    if (DOCUMENT_FILE.test(path)) sources.push(new Source(text, path));
    else if (TAGS.some((tag) => text.includes(tag))) {
      try {
        const templates = await gqlPluckFromCodeString(path, text, { globalGqlIdentifierName: TAGS, skipIndent: true });
        sources.push(...templates.map(({ body, locationOffset }) => new Source(body, path, locationOffset)));
      } catch (error) {
        problems.push(`${path}: ${(error as Error).message}`);
      }
    }
  }
  return { sources, problems };
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.name.startsWith('.') || NOT_SOURCES.has(entry.name)) return [];
      if (entry.isDirectory()) return filesBelow(path);
      return DOCUMENT_FILE.test(entry.name) || CODE_FILE.test(entry.name) ? [path] : [];
    }),
  );
  return found.flat().sort();
}

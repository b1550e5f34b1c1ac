import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkSchema } from './check-schema.ts';
import { composeSupergraph } from './compose-supergraph.ts';
import { FOR_EVERYBODY } from './for-everybody.ts';
import { GitHistory } from './git.ts';
import { emitSubgraphs } from './subgraphs.ts';
import { parseSupergraphConfig, type SubgraphEntry } from './supergraph-config.ts';
import {
  BREAKING_CHANGES_FILE,
  listSchemaFiles,
  readWorkspaceFile,
  ROOT,
  SUPERGRAPH_CONFIG,
  SUPERGRAPH_FILE,
} from './workspace.ts';

const USAGE = 'Usage: schema-tools emit | compose | check [--base <revision>]';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { base: { type: 'string' } } });
const problems = await run(positionals[0]);
for (const problem of problems) process.stderr.write(`${problem}\n\n`);
process.exitCode = problems.length > 0 ? 1 : 0;

async function run(verb: string | undefined): Promise<string[]> {
  if (verb === 'emit') return emit();
  if (verb === 'compose') return compose();
  if (verb === 'check') return check();
  return [USAGE];
}

async function emit(): Promise<string[]> {
  const emitted = await emitSubgraphs();
  for (const { name, schemaFile } of await listedSubgraphs()) {
    const sdl = emitted.get(name);
    if (sdl === undefined) return [`${SUPERGRAPH_CONFIG} lists ${name}, which has no code.`];
    await write(schemaFile, sdl);
  }
  return compose();
}

async function compose(): Promise<string[]> {
  const subgraphs = await Promise.all(
    (await listedSubgraphs()).map(async (entry) => ({ ...entry, sdl: await required(entry.schemaFile) })),
  );
  const { supergraph, errors } = composeSupergraph(subgraphs);
  if (errors) return [...errors];
  await write(SUPERGRAPH_FILE, supergraph);
  return [];
}

async function check(): Promise<string[]> {
  const git = new GitHistory(ROOT);
  if (values.base && !(await git.exists(values.base))) return [`There is no revision ${values.base}.`];
  const paths = await listSchemaFiles();
  return checkSchema({
    subgraphs: await listedSubgraphs(),
    emitted: await emitSubgraphs(),
    written: await readAll(paths, readWorkspaceFile),
    staged: (await git.isRepository()) ? await readAll(paths, (path) => git.stagedFile(path)) : undefined,
    baseSupergraph: await readBaseSupergraph(git),
    allowedChanges: (await readWorkspaceFile(BREAKING_CHANGES_FILE)) ?? '',
    forEverybody: FOR_EVERYBODY,
  });
}

/** A branch on which the first supergraph came to be must not break what it said since. */
async function readBaseSupergraph(git: GitHistory): Promise<string | undefined> {
  if (values.base) return git.fileAt(values.base, SUPERGRAPH_FILE);
  return (await git.fileAt(await git.base(), SUPERGRAPH_FILE)) ?? git.fileAt('HEAD', SUPERGRAPH_FILE);
}

async function listedSubgraphs(): Promise<SubgraphEntry[]> {
  return parseSupergraphConfig(await required(SUPERGRAPH_CONFIG));
}

async function readAll(
  paths: readonly string[],
  read: (path: string) => Promise<string | undefined>,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const path of paths) {
    const text = await read(path);
    if (text !== undefined) texts.set(path, text);
  }
  return texts;
}

async function required(path: string): Promise<string> {
  const text = await readWorkspaceFile(path);
  if (text === undefined) throw new Error(`${path} is missing.`);
  return text;
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(join(ROOT, 'schema'), { recursive: true });
  await writeFile(join(ROOT, path), text);
  process.stdout.write(`${path}\n`);
}

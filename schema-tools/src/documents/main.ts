import { readFile, stat, writeFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Supergraph } from '@apollo/federation-internals';
import { ROOT, SUPERGRAPH_FILE } from '../workspace.ts';
import { buildManifest } from './build-manifest.ts';
import { collectOperations } from './client-operations.ts';
import { readClientSources } from './client-sources.ts';

const USAGE =
  'Usage: npm run documents -- <client folder> [--out manifest.json] [--schema supergraph.graphql] [--typename]';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: 'trusted-documents.json' },
    schema: { type: 'string', default: resolve(ROOT, SUPERGRAPH_FILE) },
    typename: { type: 'boolean', default: false },
  },
});
const problems = await run(positionals);
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;

/** Resolves to what is wrong; then nothing is written. */
async function run([folder, ...more]: readonly string[]): Promise<readonly string[]> {
  if (folder === undefined || more.length > 0) return [USAGE];
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return [`${folder} is not a folder.`];
  const { sources, problems: unreadable } = await readClientSources(relative('.', folder) || '.');
  const schema = await readApiSchema(values.schema);
  const { operations, unused, problems: wrong } = collectOperations(schema, sources);
  if (unreadable.length + wrong.length > 0) return [...unreadable, ...wrong];
  if (operations.length === 0) return [`There is no operation in ${folder}.`];
  const manifest = buildManifest(operations, values.typename);
  await writeFile(values.out, `${JSON.stringify(manifest, null, 2)}\n`);
  for (const { id, type, name } of manifest.operations) process.stdout.write(`${id.slice(0, 12)}  ${type} ${name}\n`);
  if (unused.length > 0) process.stdout.write(`Used by no operation: ${unused.join(', ')}\n`);
  process.stdout.write(
    `${manifest.operations.length} operations of ${sources.length} documents are in ${values.out}\n`,
  );
  return [];
}

async function readApiSchema(path: string) {
  const text = await readFile(path, 'utf8');
  // Without a list of features: nothing is executed here, and what clients may not see is not looked at.
  return Supergraph.build(text, { supportedFeatures: null }).apiSchema().toGraphQLJSSchema();
}

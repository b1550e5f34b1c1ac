import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path/posix';

/**
 * What the sources of a package may import of the workspace; its tests may import the testkit as well.
 *
 * `subgraphs` is every subgraph, and `<name>/events` the types of another one's events.
 */
const ALLOWED = {
  protocol: [],
  telemetry: [],
  'embedded-database': [],
  testkit: ['protocol', 'embedded-database', 'subgraph-kit'],
  'subgraph-kit': ['protocol', 'telemetry'],
  gateway: ['protocol', 'telemetry'],
  subgraph: ['protocol', 'subgraph-kit'],
  'schema-tools': ['protocol', 'subgraph-kit', 'subgraphs'],
  standalone: ['protocol', 'embedded-database', 'subgraph-kit', 'subgraphs', 'gateway'],
};

/** Names that say nothing: what they hold has a better one. */
const EMPTY_NAMES = /^(managers?|helpers?|utils?|utilities|common|base|data|misc)$/i;
const EMPTY_SUFFIX = /(^|-)(manager|helper|util)s?$/i;
const EMPTY_DECLARATION =
  /^\s*(?:export\s+)?(?:abstract\s+)?(?:class|interface|type|function|const)\s+(?!\w*EntityManager\b)(\w*(?:Manager|Helper|Utils?)s?)\b/gm;

const IMPORT = /^\s*(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC_IMPORT = /(?<!typeof )\bimport\(\s*['"]([^'"]+)['"]/g;

const SOURCE = /\.(ts|mts|mjs|js)$/;
const TEST = /\.test\.\w+$|\/tests\//;

/**
 * Judges the given files of the workspace by their names and imports. Paths are relative to `root`, with slashes.
 *
 * @returns {string[]} one line for each broken rule: the file, what is wrong and what to do instead.
 */
export function findLayerViolations(root, files) {
  const subgraphs = new Set(files.map((file) => /^subgraphs\/([^/]+)\//.exec(file)?.[1]).filter(Boolean));
  return files.flatMap((file) => {
    const problems = nameProblems(file);
    if (SOURCE.test(file)) {
      const text = readFileSync(join(root, file), 'utf8');
      problems.push(...declarationProblems(text), ...importProblems(file, text, subgraphs));
    }
    return problems.map((problem) => `${file}: ${problem}`);
  });
}

function nameProblems(file) {
  const problems = [];
  const words = file.split('/').flatMap((segment) => segment.split('.').filter(Boolean));
  const empty = words.find((word) => EMPTY_NAMES.test(word) || EMPTY_SUFFIX.test(word));
  if (empty) problems.push(`"${empty}" says nothing; name the file for what it holds`);
  if (basename(file) === 'index.ts' && !packageOf(file)?.entry.includes(file)) {
    problems.push("only a package's entry may be an index.ts; import from the file that declares the name");
  }
  return problems;
}

function declarationProblems(text) {
  return [...text.matchAll(EMPTY_DECLARATION)].map(([, name]) => `"${name}" says nothing; name it for what it does`);
}

function importProblems(file, text, subgraphs) {
  const owner = packageOf(file);
  if (!owner) return [];
  const found = [
    ...[...text.matchAll(IMPORT)].map(([, type, specifier]) => ({ specifier, typeOnly: Boolean(type) })),
    ...[...text.matchAll(DYNAMIC_IMPORT)].map(([, specifier]) => ({ specifier, typeOnly: false })),
  ];
  return found.flatMap(({ specifier, typeOnly }) => {
    if (specifier.startsWith('.')) return escapeProblems(file, owner, specifier);
    return specifier.startsWith('@supergraph/') ? packageProblems(file, owner, specifier, typeOnly, subgraphs) : [];
  });
}

function escapeProblems(file, owner, specifier) {
  const target = join(dirname(file), specifier);
  if (!relative(owner.folder, target).startsWith('..')) return [];
  return [`imports ${specifier} from outside its package; go through the other package's entry`];
}

function packageProblems(file, owner, specifier, typeOnly, subgraphs) {
  const [, name, ...entry] = specifier.split('/');
  const allowed = ALLOWED[owner.layer];
  if (name === 'testkit' || name === owner.name) {
    if (TEST.test(`/${file}`) || owner.layer === 'testkit') return [];
    return [`imports ${specifier}, which only tests may do`];
  }
  if (allowed.includes(name) || (allowed.includes('subgraphs') && subgraphs.has(name))) return [];
  if (owner.layer === 'subgraph' && subgraphs.has(name)) {
    if (typeOnly && entry.join('/') === 'events') return [];
    return [
      `imports ${specifier}; of another subgraph only the types of its events may be imported (import type … from '@supergraph/${name}/events')`,
    ];
  }
  // The whole house meets in standalone, so its tests may see everything.
  if (owner.layer === 'standalone' && TEST.test(`/${file}`)) return [];
  return [`imports ${specifier}; ${owner.folder} may import ${allowed.join(', ') || 'no other package'} only`];
}

/** The package a file belongs to; undefined for files of the workspace itself. */
function packageOf(file) {
  const [first, second] = file.split('/');
  if (first === 'subgraphs' && second) {
    const folder = `subgraphs/${second}`;
    return { name: second, folder, layer: 'subgraph', entry: [`${folder}/src/index.ts`] };
  }
  if (!Object.hasOwn(ALLOWED, first)) return undefined;
  return { name: first, folder: first, layer: first, entry: [`${first}/src/index.ts`] };
}

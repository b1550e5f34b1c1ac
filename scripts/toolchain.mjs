import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTool } from './processes.mjs';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const WINDOWS = process.platform === 'win32';
const PNPM = 'pnpm@12.21.0';
// A tree of another pnpm is replaced without a question that nobody in a CI run could answer.
const PNPM_OPTIONS = ['--frozen-lockfile', '--reporter=append-only', '--config.confirmModulesPurge=false'];

/** The Node that the workspace brings along; the one that runs this script may be as old as 20. */
export const NODE = join(ROOT, 'node_modules', 'node', 'bin', WINDOWS ? 'node.exe' : 'node');

/** JavaScript entry points, so that no shell and no `.cmd` shim stands between us and a tool. */
export const TOOLS = {
  tsc: 'node_modules/typescript/bin/tsc',
  oxlint: 'node_modules/oxlint/bin/oxlint',
  prettier: 'node_modules/prettier/bin/prettier.cjs',
  jest: 'node_modules/jest/bin/jest.js',
};

/** The environment of everything we start: `node` means the bundled one there too. */
export function toolEnvironment() {
  return {
    // Compiled once, kept: the second start then takes about half as long.
    NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'node'),
    ...process.env,
    PATH: `${dirname(NODE)}${delimiter}${process.env.PATH ?? ''}`,
  };
}

/** Installs what the lockfile says, unless that has been done for exactly these files. Ends the process on failure. */
export async function ensureInstalled() {
  const manifests = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...packageManifests()];
  const stamp = join(ROOT, 'node_modules', '.installed');
  if (existsSync(NODE) && isStamped(stamp, manifests)) return;
  console.log('Installing dependencies (once per lockfile; the first time takes a minute) …');
  const { NODE_ENV: _production, ...env } = process.env; // In production mode pnpm would leave the compiler out.
  const args = ['--yes', PNPM, 'install', ...PNPM_OPTIONS];
  const code = await runTool(WINDOWS ? 'npx.cmd' : 'npx', args, { cwd: ROOT, env, shell: WINDOWS });
  if (code !== 0) fail('The installation failed; pnpm says why above.');
  if (!existsSync(NODE)) fail(`The installation brought no Node runtime at ${NODE}.`);
  writeStamp(stamp, manifests);
}

function isStamped(stamp, manifests) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === digest(manifests);
}

function writeStamp(stamp, manifests) {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest(manifests));
}

function digest(manifests) {
  const hash = createHash('sha256');
  for (const manifest of manifests) hash.update(`${manifest}\n`).update(readFileSync(join(ROOT, manifest)));
  return hash.digest('hex');
}

/** The package.json files of the workspace, from the patterns of pnpm-workspace.yaml (`folder` or `folder/*`). */
function packageManifests() {
  const packages = /^packages:\n((?: +- .+\n)+)/m.exec(readFileSync(join(ROOT, 'pnpm-workspace.yaml'), 'utf8'))?.[1];
  if (!packages) fail('pnpm-workspace.yaml lists no packages.');
  const patterns = [...packages.matchAll(/- ["']?([\w/*-]+)/g)].map((match) => match[1]);
  const folders = patterns.flatMap((pattern) => {
    if (!pattern.endsWith('/*')) return [pattern];
    const parent = pattern.slice(0, -2);
    return readdirSync(join(ROOT, parent)).map((name) => `${parent}/${name}`);
  });
  const manifests = folders.map((folder) => `${folder}/package.json`);
  return ['package.json', ...manifests.filter((manifest) => existsSync(join(ROOT, manifest))).sort()];
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

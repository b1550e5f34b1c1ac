import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const benchmarks = {
  'gateway-overhead': './gateway-overhead/benchmark.mjs',
  guard: './guard/benchmark.mjs',
  'notify-latency': './notify-latency/benchmark.mjs',
  'idle-sockets': './idle-sockets/benchmark.mjs',
  commerce: './commerce/benchmark.mjs',
};

// Mercurius lives apart: its gateway does not work with the graphql version of the others.
const installations = ['./', './gateway-overhead/peers/mercurius/'];

const [name, ...options] = process.argv.slice(2);
const path = benchmarks[name];
if (!path) {
  console.error(`usage: npm run bench -- <${Object.keys(benchmarks).join(' | ')}> [--option value …]`);
  process.exit(2);
}
installations.forEach(install);
const { run } = await import(path);
try {
  process.exitCode = await run(options);
} catch (error) {
  if (error.name !== 'UsageError') throw error;
  console.error(error.message);
  process.exitCode = 2;
}

/** The peers are heavy, so the first benchmark installs them, and again when their lockfile is newer than they are. */
function install(folder) {
  const cwd = fileURLToPath(new URL(folder, import.meta.url));
  if (changedAt(`${cwd}node_modules/.package-lock.json`) > changedAt(`${cwd}package-lock.json`)) return;
  console.error(`installing ${cwd} …`);
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

function changedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

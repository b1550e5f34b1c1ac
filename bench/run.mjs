import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';

const benchmarks = {
  'gateway-overhead': './gateway-overhead/benchmark.mjs',
  'notify-latency': './notify-latency/benchmark.mjs',
};

const [name, ...options] = process.argv.slice(2);
const path = benchmarks[name];
if (!path) {
  console.error(`usage: npm run bench -- <${Object.keys(benchmarks).join(' | ')}> [--option value …]`);
  process.exit(2);
}
installPeers();
const { run } = await import(path);
try {
  process.exitCode = await run(options);
} catch (error) {
  if (error.name !== 'UsageError') throw error;
  console.error(error.message);
  process.exitCode = 2;
}

/** The peers are heavy, so the first benchmark installs them, and again when a lockfile has changed. */
function installPeers() {
  for (const folder of ['./', './gateway-overhead/peers/mercurius/']) {
    const path = fileURLToPath(new URL(folder, import.meta.url));
    const stamp = `${path}node_modules/.installed`;
    const wanted = createHash('sha256')
      .update(readFileSync(`${path}package-lock.json`))
      .digest('hex');
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) continue;
    console.error(`installing ${path} (once) …`);
    const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: path,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
    if (status !== 0) process.exit(status ?? 1);
    writeFileSync(stamp, wanted);
  }
}

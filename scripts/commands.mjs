import { runServer, runTool } from './processes.mjs';
import { runTestSuite } from './test-suite.mjs';
import { NODE, ROOT, toolEnvironment, TOOLS } from './toolchain.mjs';

const options = () => ({ cwd: ROOT, env: toolEnvironment() });
const node = (...args) => runTool(NODE, args, options());
const server = (...args) => runServer(NODE, args, options());

/** Builds one package with everything it depends on, or the whole workspace including its type-checked tests. */
const build = (...projects) => node(TOOLS.tsc, '-b', ...projects);

/** Runs steps until one fails and resolves to that one's exit code. */
async function inOrder(...steps) {
  for (const step of steps) {
    const code = await step();
    if (code !== 0) return code;
  }
  return 0;
}

const schema = (verb) => (args) =>
  inOrder(
    () => build('schema-tools'),
    () => node('schema-tools/dist/main.js', verb, ...args),
  );

const database = (verb) => (args) =>
  inOrder(
    () => build('standalone'),
    () => node(`standalone/dist/${verb}.js`, ...args),
  );

/** What `npm run <name>` does: each takes the remaining arguments and resolves to an exit code. */
export const commands = {
  start: (args) =>
    inOrder(
      () => build('standalone'),
      () => server('standalone/dist/main.js', ...args),
    ),
  dev: (args) =>
    inOrder(
      () => build('standalone'),
      () =>
        Promise.all([
          node(TOOLS.tsc, '-b', '--watch', '--preserveWatchOutput', 'standalone'),
          server('--watch', '--watch-preserve-output', 'standalone/dist/main.js', ...args),
        ]).then((codes) => Math.max(...codes)),
    ),
  test: runTestSuite,
  build: (args) => build(...args),
  lint: () =>
    inOrder(
      () => node(TOOLS.oxlint, '--deny-warnings'),
      () => node('scripts/check-layers.mjs'),
      () => node(TOOLS.prettier, '--check', '--log-level=warn', '.'),
      () => build(),
    ),
  format: () => node(TOOLS.prettier, '--write', '--list-different', '.'),
  'schema:emit': schema('emit'),
  'schema:compose': schema('compose'),
  'schema:check': schema('check'),
  documents: (args) =>
    inOrder(
      () => build('schema-tools'),
      () => node('schema-tools/dist/documents/main.js', ...args),
    ),
  'db:migrate': database('migrate'),
  'db:seed': database('seed'),
  // The benchmarks install their peers themselves: those are too heavy for everybody else.
  bench: (args) =>
    inOrder(
      () => build('standalone'),
      () => node('bench/run.mjs', ...args),
    ),
};

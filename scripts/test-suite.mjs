import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runTool } from './processes.mjs';
import { NODE, ROOT, toolEnvironment, TOOLS } from './toolchain.mjs';

/** Checks that take seconds. Each counts as one test, so that the closing line cannot look better than the code is. */
const CHECKS = [
  { name: 'lint', steps: [[TOOLS.oxlint, '--deny-warnings']] },
  { name: 'layers', steps: [['scripts/check-layers.mjs']] },
  { name: 'format', steps: [[TOOLS.prettier, '--check', '--log-level=warn', '.']] },
  { name: 'types', builds: true, steps: [[TOOLS.tsc, '-b']] },
  {
    name: 'schema',
    builds: true,
    steps: [
      [TOOLS.tsc, '-b', 'schema-tools'],
      ['schema-tools/dist/main.js', 'check'],
    ],
  },
];

const OPTIONS = { cwd: ROOT, env: toolEnvironment() };

const RESULTS = join(ROOT, 'node_modules', '.cache', 'jest-results.json');

/**
 * Runs the checks and then Jest, and ends with the line `N passed, N failed` over both.
 *
 * With arguments, which Jest gets, only the tests they select run: somebody is at work on one thing.
 */
export async function runTestSuite(args) {
  if (args.some((arg) => arg.startsWith('--watch'))) return jest(args);
  const checks = args.length === 0 ? await runChecks() : { passed: 0, failed: 0 };
  // Jest's global set-up and the tests that start a process run built code. Whether its types are right is a check's
  // business: whoever runs one test in the middle of a change wants that test.
  if (args.length > 0) await runTool(NODE, [TOOLS.tsc, '-b', 'standalone'], { ...OPTIONS, stdio: 'ignore' });
  mkdirSync(dirname(RESULTS), { recursive: true });
  rmSync(RESULTS, { force: true });
  const code = await jest(['--json', `--outputFile=${RESULTS}`, ...args]);
  const tests = readTally(code);
  if (!tests) return code;
  const failed = checks.failed + tests.failed;
  console.log(`${checks.passed + tests.passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : code;
}

async function runChecks() {
  // Two lanes for two cores. What builds stays in one of them: two compilers would write the same files.
  const lanes = [CHECKS.filter(({ builds }) => builds), CHECKS.filter(({ builds }) => !builds)];
  const failures = await Promise.all(lanes.map(runInTurn));
  const failed = failures[0] + failures[1];
  return { passed: CHECKS.length - failed, failed };
}

/** @returns how many failed */
async function runInTurn(checks) {
  let failed = 0;
  for (const { name, steps } of checks) {
    const startedAt = performance.now();
    let code = 0;
    for (const step of steps) {
      if (code === 0) code = await runTool(NODE, step, { ...OPTIONS, quiet: true });
    }
    if (code !== 0) failed += 1;
    console.log(`${code === 0 ? 'PASS' : 'FAIL'} ${name} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  }
  return failed;
}

function jest(args) {
  // MikroORM 7 is ESM only, and Jest loads ES modules through Node's vm modules.
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  return runTool(NODE, [...flags, TOOLS.jest, ...args], OPTIONS);
}

/**
 * Counts what Jest left behind. A run that left nothing died; a suite that could not be loaded has no tests to count,
 * yet it failed. Undefined when Jest was asked for something else, such as a list of the tests.
 */
function readTally(code) {
  let results;
  try {
    results = JSON.parse(readFileSync(RESULTS, 'utf8'));
  } catch {
    results = undefined;
  }
  if (results?.numTotalTests === undefined) return code === 0 ? undefined : { passed: 0, failed: 1 };
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  return { passed: results.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

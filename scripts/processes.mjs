import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const WINDOWS = process.platform === 'win32';
const LIFELINE = new URL('./lifeline.mjs', import.meta.url).href;

/** Signals this close together are one: a Ctrl-C reaches us from the terminal and once more from npm. */
const SAME_SIGNAL_MS = 500;

/** How often we look whether npm is still there. */
const PARENT_CHECK_MS = 250;

/** Runs a tool to its end and resolves to its exit code. `quiet` holds its output back and shows it only on failure. */
export async function runTool(command, args, { quiet = false, ...options } = {}) {
  const child = spawn(command, args, { stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit', ...options });
  const output = [];
  child.stdout?.on('data', (chunk) => output.push(chunk));
  child.stderr?.on('data', (chunk) => output.push(chunk));
  const code = await untilExit(child, (signal) => child.kill(signal));
  if (code !== 0) process.stderr.write(Buffer.concat(output));
  return code;
}

/**
 * Runs a server to its end and resolves to its exit code; it gets each signal exactly once.
 *
 * It has a process group of its own. In ours a Ctrl-C would come from the terminal, from npm and from us, and would also
 * hit the embedded PostgreSQL directly, which would then be gone before the server had drained.
 */
export async function runServer(node, args, options) {
  const child = spawn(node, ['--import', LIFELINE, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    detached: !WINDOWS,
    ...options,
  });
  let forwardedAt = -Infinity;
  return untilExit(child, (signal) => {
    // On Windows the console tells every process itself, and `kill` would end the server without draining.
    if (WINDOWS || performance.now() - forwardedAt < SAME_SIGNAL_MS) return;
    forwardedAt = performance.now();
    // A closed terminal is a reason to stop, not to drop everything, which is what a server does that has no word for it.
    child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  });
}

function untilExit(child, forward) {
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => [signal, () => forward(signal)]);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  const unwatch = onceOrphaned(() => forward('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  }).finally(() => {
    unwatch();
    for (const [signal, handler] of handlers) process.off(signal, handler);
  });
}

/**
 * Calls back when npm has gone away beneath us. npm runs us through a shell and passes a signal on to that shell only,
 * which dies of it without a word to us. Started by anything else, we may well be meant to outlive it.
 */
function onceOrphaned(callback) {
  if (!process.env.npm_lifecycle_event) return () => {};
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, PARENT_CHECK_MS);
  return () => clearInterval(timer);
}

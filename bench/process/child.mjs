import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

const OUTPUT_KEPT = 8_000;
const STOP_PATIENCE_MS = 5_000;

/** Whether what is measured and what measures it can be kept on a core each. */
export const canPin = availableParallelism() >= 2 && spawnSync('taskset', ['--version']).status === 0;

/** A Node process of a benchmark, pinned to a core where the machine allows it. */
export class Child {
  #process;
  #stderr = '';
  #stdout = '';
  #exited;

  /**
   * @param {string} script absolute path
   * @param {{ core?: number, args?: string[], environment?: Record<string, string> }} options; without `core` it runs anywhere
   */
  constructor(script, { core, args = [], environment = {} } = {}) {
    const command = [process.execPath, script, ...args];
    const [file, ...rest] = canPin && core !== undefined ? ['taskset', '-c', String(core), ...command] : command;
    this.script = script;
    this.#process = spawn(file, rest, {
      // Nothing of the caller's environment: a stray NODE_OPTIONS would be measured along.
      env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    this.#process.stdout.on('data', (chunk) => {
      this.#stdout = (this.#stdout + chunk).slice(-OUTPUT_KEPT);
    });
    this.#process.stderr.on('data', (chunk) => {
      this.#stderr = (this.#stderr + chunk).slice(-OUTPUT_KEPT);
    });
    // Rejects only for those who wait; a stop that was asked for is no failure.
    this.#exited = once(this.#process, 'exit').then(([code, signal]) => {
      throw new Error(`${script} ended with ${code ?? signal}\n${this.#stderr}`);
    });
    this.#exited.catch(() => {});
  }

  get pid() {
    return this.#process.pid;
  }

  /** The last of what it printed. */
  get output() {
    return this.#stdout;
  }

  /** The next message of the child. */
  async receive() {
    const [message] = await Promise.race([once(this.#process, 'message'), this.#exited]);
    return message;
  }

  /** Sends a message and waits for the one that answers it. Children answer in order. */
  ask(message) {
    const answer = this.receive();
    this.#process.send(message);
    return answer;
  }

  /** Waits until `url` answers a trivial query. */
  async serving(url, { timeoutMs = 60_000 } = {}) {
    const deadline = performance.now() + timeoutMs;
    while (performance.now() < deadline) {
      if (await Promise.race([answers(url), this.#exited])) return;
      await delay(50);
    }
    throw new Error(`${this.script} did not answer at ${url} in ${timeoutMs} ms\n${this.#stderr}`);
  }

  /** Waits until the output holds `pattern`. */
  async printed(pattern, { timeoutMs = 10_000 } = {}) {
    const deadline = performance.now() + timeoutMs;
    while (!pattern.test(this.#stdout)) {
      if (performance.now() > deadline) throw new Error(`${this.script} did not print ${pattern}\n${this.#stdout}`);
      await Promise.race([delay(20), this.#exited]);
    }
  }

  async stop() {
    const gone = this.#exited.catch(() => {});
    this.#process.kill('SIGTERM');
    const patience = new AbortController();
    await Promise.race([gone, delay(STOP_PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => {})]);
    patience.abort();
    this.#process.kill('SIGKILL');
    await gone;
  }
}

/** A port nobody listens on right now. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(url) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    });
    return response.ok;
  } catch {
    return false;
  }
}

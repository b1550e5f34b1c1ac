import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export interface ServiceOptions {
  /** The built entry, from the project's root. */
  readonly entry: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly port: number;
}

/** A real process of ours, to be killed, stopped and started again. */
export class Service {
  #child: ChildProcess | undefined;
  #output = '';

  constructor(private readonly options: ServiceOptions) {}

  get port(): number {
    return this.options.port;
  }

  get pid(): number {
    return this.#child!.pid!;
  }

  /** Everything it has printed since it was last started. */
  get output(): string {
    return this.#output;
  }

  /** Starts it and waits until it is ready for traffic. */
  async start(): Promise<void> {
    this.spawn();
    await this.whenReady();
  }

  spawn(): void {
    this.#output = '';
    const { entry, environment, port } = this.options;
    const child = spawn(process.execPath, [entry], {
      cwd: root,
      // Several processes at once, of several tests, on a server that may take no more than PostgreSQL's 100 connections.
      env: { ...inherited(), DATABASE_POOL_SIZE: '4', ...environment, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (chunk: Buffer): void => void (this.#output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    this.#child = child;
  }

  async whenReady(): Promise<void> {
    const deadline = performance.now() + 120_000;
    while (performance.now() < deadline) {
      if (this.#child?.exitCode !== null) break;
      const response = await fetch(`http://127.0.0.1:${this.port}/health/ready`).catch(() => undefined);
      if (response?.ok) return;
      await pause(25);
    }
    throw new Error(`${this.options.entry} did not become ready. It printed:\n${this.#output}`);
  }

  /** Ends it with a signal and waits until it is gone. Resolves to what it exited with, `null` when it was killed. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const gone = once(child, 'exit') as Promise<[number | null]>;
    child.kill(signal);
    return (await gone)[0];
  }

  /** Sends a signal that does not end it, such as SIGSTOP. */
  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }
}

/** What a process of ours needs of the environment we run in, and nothing that would configure it. */
export function inherited(): Record<string, string | undefined> {
  return { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE };
}

/** A port nobody uses right now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

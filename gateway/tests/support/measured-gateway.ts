import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { GatewaySettingsInput } from '../../src/settings.ts';

const CHILD = fileURLToPath(new URL('measured-gateway.child.ts', import.meta.url));

/** What happened to a gateway's process meanwhile. */
export interface Measured {
  /** How long its thread was at work: of what others do on the same machine there is nothing in it. */
  readonly workedMs: number;
  /** For how long it could not do anything else, at most. */
  readonly blockedMs: number;
  /** At its peak. */
  readonly grownBytes: number;
}

/** A gateway in a process of its own, so that what is measured there is the gateway and not its test. */
export class MeasuredGateway {
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  static async start(settings: GatewaySettingsInput): Promise<MeasuredGateway> {
    const child = fork(CHILD, [JSON.stringify({ host: '127.0.0.1', port: 0, logLevel: 'silent', ...settings })], {
      execArgv: ['--conditions=source', '--experimental-transform-types', '--disable-warning=ExperimentalWarning'],
      env: {},
    });
    const ended = once(child, 'exit').then(() => Promise.reject(new Error('The gateway ended before it was ready')));
    const [{ port }] = (await Promise.race([once(child, 'message'), ended])) as [{ port: number }];
    ended.catch(() => {});
    return new MeasuredGateway(child, port);
  }

  async measure<T>(work: () => Promise<T>): Promise<Measured & { readonly result: T; readonly tookMs: number }> {
    await this.#ask('begin');
    const startedAt = performance.now();
    const result = await work();
    const tookMs = performance.now() - startedAt;
    return { ...((await this.#ask('end')) as Measured), result, tookMs };
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  async #ask(question: 'begin' | 'end'): Promise<unknown> {
    const answered = once(this.#child, 'message');
    this.#child.send(question);
    return (await answered)[0];
  }
}

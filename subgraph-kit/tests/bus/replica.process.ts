import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('crash.child.ts', import.meta.url));

/** A replica in a process of its own. */
export class ReplicaProcess {
  readonly #child: ChildProcess;
  readonly ended: Promise<unknown>;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.ended = once(child, 'exit');
  }

  static start(databaseUrl: string, part: 'consume' | 'poison' | 'work'): ReplicaProcess {
    const execArgv = ['--conditions=source', '--experimental-transform-types', '--disable-warning=ExperimentalWarning'];
    return new ReplicaProcess(fork(CHILD, [databaseUrl, part], { execArgv, env: {} }));
  }

  /** Waits for what it reports: `ready`, or `effect` for each effect it is in the middle of. */
  async reports(message: 'ready' | 'effect'): Promise<void> {
    for (;;) {
      const [heard] = await Promise.race([once(this.#child, 'message'), this.ended.then(() => ['ended'])]);
      if (heard === message) return;
      if (heard === 'ended') throw new Error(`The replica ended before it reported "${message}".`);
    }
  }

  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async kill(): Promise<void> {
    if (this.alive) this.#child.kill('SIGKILL');
    await this.ended;
  }
}

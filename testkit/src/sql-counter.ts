import { setTimeout as pause } from 'node:timers/promises';

const MOMENT_MS = 30;

/** Counts the statements that reach the database, and keeps them for the message of a failing test. */
export class SqlCounter {
  #statements: string[] = [];

  /** Handed to whatever takes an SQL observer. */
  readonly observe = (statement: string): void => {
    this.#statements.push(statement);
  };

  get statements(): readonly string[] {
    return this.#statements;
  }

  /** How many statements `run` causes. Only meaningful while nothing else runs. */
  async during(run: () => Promise<unknown>): Promise<number> {
    this.#statements = [];
    await run();
    return this.#statements.length;
  }

  /**
   * The fewest of several tries, for where background work looks around now and then: it adds, and never takes away. A moment
   * apart, because whoever is at it for one try is likely to be for the next.
   */
  async fewestDuring(tries: number, run: () => Promise<unknown>): Promise<number> {
    const counts: number[] = [];
    for (let left = tries; left > 0; left -= 1) {
      counts.push(await this.during(run));
      await pause(MOMENT_MS);
    }
    return Math.min(...counts);
  }
}

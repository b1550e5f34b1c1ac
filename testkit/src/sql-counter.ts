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
}

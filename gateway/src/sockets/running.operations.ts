/** The operations that run on one socket, by the ids that the client gave them. */
export class RunningOperations {
  readonly #byId = new Map<string, AbortController>();
  #idleSince = performance.now();

  get size(): number {
    return this.#byId.size;
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** Returns the signal that ends it. */
  start(id: string): AbortSignal {
    const operation = new AbortController();
    this.#byId.set(id, operation);
    return operation.signal;
  }

  /** Notes that it is over, which frees its id. */
  finish(id: string): void {
    if (this.#byId.delete(id)) this.#idleSince = performance.now();
  }

  /** Ends one, if there is one with this id: it may have ended by itself meanwhile. */
  abort(id: string): void {
    this.#byId.get(id)?.abort();
    this.finish(id);
  }

  abortAll(): void {
    for (const operation of this.#byId.values()) operation.abort();
    this.#byId.clear();
  }

  /** For how long there has been none, in milliseconds at a time of `performance.now()`. */
  idleMs(now: number): number {
    return this.size > 0 ? 0 : now - this.#idleSince;
  }
}

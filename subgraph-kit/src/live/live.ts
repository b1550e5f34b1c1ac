/**
 * Fan-out of live hints between the replicas of a subgraph.
 *
 * Hints may be lost; whatever they announce can also be read back with a query.
 */
export interface Live {
  publish(channel: string, hint: object): Promise<void>;
  /** Hints published from now on. Ends when `signal` aborts; throws when its reader falls too far behind. */
  subscribe<Hint extends object>(channel: string, signal?: AbortSignal): AsyncIterableIterator<Hint>;
  close(): Promise<void>;
}

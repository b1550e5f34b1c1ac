import type { Logger } from '@supergraph/protocol';
import { withRowScope } from '../database/row-scope.ts';
import { Session } from '../session/session.ts';
import type { BackgroundRuntime } from '../work/background.ts';
import { runSql } from './statement.ts';

export interface DeliveryCleaningOptions {
  readonly subgraph: string;
  readonly log: Logger;
  readonly runtime: Pick<BackgroundRuntime, 'openEntityManager'>;
  readonly retentionDays: number;
}

const INTERVAL_MS = 60 * 60 * 1_000;
/** Small enough that nobody waits for the locks. */
const BATCH = 5_000;

// Deliveries first: a dead letter goes with its delivery.
const PURGES = ['purge_deliveries', 'purge_dead_letters'].map(
  (purge) => `select bus.${purge}($1, now() - make_interval(days => $2), $3) as purged`,
);

/** Removes a subgraph's finished deliveries and settled dead letters once an hour. Replicas may do it at the same time. */
export class DeliveryCleaning {
  readonly #options: DeliveryCleaningOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(options: DeliveryCleaningOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#running = this.purge().catch((error: unknown) =>
        this.#options.log.error({ err: error }, 'cannot purge finished deliveries'),
      );
    }, INTERVAL_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  /** @returns how many deliveries and dead letters were removed */
  async purge(): Promise<number> {
    let total = 0;
    for (const purge of PURGES) total += await this.#purgeAll(purge);
    return total;
  }

  async #purgeAll(purge: string): Promise<number> {
    const { subgraph, retentionDays, runtime } = this.#options;
    let total = 0;
    let purged: number;
    do {
      const em = runtime.openEntityManager();
      const [row] = await withRowScope(Session.system(), () =>
        runSql<{ purged: number }>(em, purge, [subgraph, retentionDays, BATCH]),
      );
      purged = row?.purged ?? 0;
      total += purged;
    } while (purged === BATCH && !this.#stopped);
    return total;
  }
}

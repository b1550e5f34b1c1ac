import type { Logger } from '@supergraph/protocol';
import { withRowScope } from '../database/row-scope.ts';
import { runSql } from '../events/statement.ts';
import { jobSchemaOf } from '../jobs/job.schema.ts';
import { Session } from '../session/session.ts';
import type { BackgroundRuntime } from '../work/background.ts';
import type { QueueDepths, SubgraphMetrics } from './subgraph.metrics.ts';

export interface QueueSamplerOptions {
  readonly subgraph: string;
  readonly metrics: SubgraphMetrics;
  readonly runtime: Pick<BackgroundRuntime, 'openEntityManager'>;
  readonly log: Logger;
  /** Jobs are only counted where there are any. */
  readonly hasJobs: boolean;
}

const INTERVAL_MS = 15_000;
/** Nobody needs to know more exactly how deep a queue is that is as deep, and counting it would take long. */
const MOST = 10_000;

const DELIVERIES = `
select
  (select count(*) from (
    select from bus.delivery where subgraph = $1 and status = 'pending' limit ${MOST}) as counted)::int as pending,
  (select count(*) from (
    select from bus.delivery where subgraph = $1 and status = 'dead' limit ${MOST}) as counted)::int as dead`;

const jobs = (schema: string) => `
select
  (select count(*) from (select from ${schema}.job where state < 'active' limit ${MOST}) as counted)::int as waiting,
  (select count(*) from (select from ${schema}.job where state = 'active' limit ${MOST}) as counted)::int as active`;

/** Looks now and then how much waits in a subgraph's queues, so that no scrape has to wait for the database. */
export class QueueSampler {
  readonly #options: QueueSamplerOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(options: QueueSamplerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#sampleSoon();
    this.#timer = setInterval(() => this.#sampleSoon(), INTERVAL_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  /** Looks now. */
  async sample(): Promise<void> {
    const { subgraph, metrics, runtime, hasJobs } = this.#options;
    const em = runtime.openEntityManager();
    const depths = await withRowScope(Session.system(), async () => {
      const [deliveries] = await runSql<Pick<QueueDepths, 'pending' | 'dead'>>(em, DELIVERIES, [subgraph]);
      if (!hasJobs) return { ...deliveries!, waiting: 0, active: 0 };
      const [queue] = await runSql<Pick<QueueDepths, 'waiting' | 'active'>>(em, jobs(jobSchemaOf(subgraph)));
      return { ...deliveries!, ...queue! };
    });
    metrics.sampled(depths);
  }

  #sampleSoon(): void {
    this.#running = this.sample().catch((error: unknown) =>
      this.#options.log.warn({ err: error }, 'cannot tell how much waits in the queues'),
    );
  }
}

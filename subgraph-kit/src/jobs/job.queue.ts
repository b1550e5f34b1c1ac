import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Logger } from '@supergraph/protocol';
import type { Tracer } from '@supergraph/telemetry';
import { type Db, type JobWithMetadata, PgBoss } from 'pg-boss';
import { connectAs } from '../database/role.ts';
import { runSql } from '../events/statement.ts';
import type { BackgroundRuntime } from '../work/background.ts';
import type { JobHandler, JobHandlers } from './job-handler.ts';
import { runJob, type StoredJob } from './run-job.ts';
import { DEAD_LETTER_QUEUE, jobSchemaOf } from './job.schema.ts';
import type { ScheduledJob } from './job.ts';

export interface JobQueueOptions {
  readonly subgraph: string;
  /** The database's URL; the queue narrows it to the subgraph's role. */
  readonly databaseUrl: string;
  readonly handlers: JobHandlers;
  readonly log: Logger;
  readonly tracer?: Tracer | undefined;
  /** Connections of its own, besides one that listens. 3 unless told. */
  readonly poolSize?: number;
  /** Seconds between looks at the cron schedules. 5 unless told. */
  readonly scheduleInterval?: number;
}

/** A queue's own connections unless told, besides one that listens. */
export const JOB_CONNECTIONS = 3;

/** How long `stop` waits for running jobs; what is left then counts as failed and is retried elsewhere. */
const STOP_TIMEOUT_MS = 20_000;
const DAY = 24 * 60 * 60;

/**
 * A subgraph's jobs: kept in PostgreSQL, taken on in the transaction that asks for them, run at least once.
 *
 * A worker that dies is noticed by its missing heartbeat within 11 seconds, and its jobs run again.
 */
export class JobQueue {
  readonly #options: JobQueueOptions;
  readonly #boss: PgBoss;
  #opening: Promise<void> | undefined;

  constructor(options: JobQueueOptions) {
    this.#options = options;
    this.#boss = new PgBoss({
      connectionString: connectAs(options.databaseUrl, options.subgraph),
      application_name: `${options.subgraph} jobs`,
      schema: jobSchemaOf(options.subgraph),
      max: options.poolSize ?? JOB_CONNECTIONS,
      // The role may use the queue, not change it; see `installJobs`.
      migrate: false,
      createSchema: false,
      reindex: false,
      useListenNotify: true,
      superviseIntervalSeconds: 1,
      monitorIntervalSeconds: 1,
      cronMonitorIntervalSeconds: options.scheduleInterval ?? 5,
      cronWorkerIntervalSeconds: 1,
    });
    this.#boss.on('error', (error) => options.log.error({ err: error }, 'the job queue has a fault'));
    this.#boss.on('warning', (warning) => options.log.warn(warning, 'the job queue warns'));
  }

  /** Connects and makes the queues, so that jobs can be taken on. Runs none. */
  open(): Promise<void> {
    this.#opening ??= this.#open().catch((error: unknown) => {
      // The next one who needs it tries again.
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  /** Starts running jobs and schedules. */
  async start(runtime: BackgroundRuntime): Promise<void> {
    // Whoever has no jobs needs no connections for them.
    if (Object.keys(this.#options.handlers).length === 0) return;
    await this.open();
    for (const [name, handler] of Object.entries(this.#options.handlers))
      await this.#startWorkers(name, handler, runtime);
    await this.#applySchedules();
  }

  /** Lets running jobs finish and takes no further one. */
  async stop(): Promise<void> {
    await this.#opening?.catch(() => {});
    await this.#boss.stop({ timeout: STOP_TIMEOUT_MS });
  }

  /** Takes jobs on as part of the entity manager's transaction: rolled back, they never were. */
  async enqueue(em: EntityManager, jobs: readonly ScheduledJob[]): Promise<void> {
    await this.open();
    const db: Db = { executeSql: async (text, values) => ({ rows: await runSql(em, text, values) }) };
    for (const [name, sameName] of Map.groupBy(jobs, (job) => job.name)) {
      await this.#boss.insert(name, sameName.map(toInsert), { db });
    }
  }

  /**
   * Runs what is due now, and what that causes, one after the other. For scripts and tests, which do not start it.
   *
   * @returns how many runs there were
   */
  async drain(runtime: BackgroundRuntime): Promise<number> {
    await this.open();
    let runs = 0;
    for (let before = -1; before !== runs;) {
      before = runs;
      for (const [name, handler] of Object.entries(this.#options.handlers)) {
        for (const job of await this.#boss.fetch<StoredJob>(name, { batchSize: 100, includeMetadata: true })) {
          runs += 1;
          await this.#runFetched(name, handler, job, runtime);
        }
      }
    }
    return runs;
  }

  async #open(): Promise<void> {
    await this.#boss.start();
    // Stays empty: the bus takes what comes in; see `installJobs`.
    await this.#boss.createQueue(DEAD_LETTER_QUEUE);
    for (const [name, handler] of Object.entries(this.#options.handlers)) {
      await this.#ensureQueue(name, {
        // One job per key; a job without a key gets one of its own.
        policy: 'exclusive',
        notify: true,
        deadLetter: DEAD_LETTER_QUEUE,
        heartbeatSeconds: 10,
        expireInSeconds: handler.timeout ?? 60,
        retryLimit: handler.retryLimit ?? 6,
        retryDelay: handler.retryDelay ?? 1,
        retryBackoff: true,
        retryDelayMax: 15 * 60,
        retentionSeconds: 14 * DAY,
        deleteAfterSeconds: 2 * DAY,
      });
    }
  }

  async #ensureQueue(name: string, { policy, ...settings }: NonNullable<Parameters<PgBoss['createQueue']>[1]>) {
    await this.#boss.createQueue(name, { policy, ...settings });
    // For the one that was there before, with other settings.
    await this.#boss.updateQueue(name, settings);
  }

  async #startWorkers(name: string, handler: JobHandler, runtime: BackgroundRuntime): Promise<void> {
    for (let count = handler.concurrency ?? 2; count > 0; count -= 1) {
      let worker: string | undefined;
      const options = { includeMetadata: true, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 } as const;
      worker = await this.#boss.work<StoredJob, void, typeof options>(name, options, async ([job]) => {
        // Where there was one there may be more: look again at once, instead of after the polling interval.
        if (worker) this.#boss.notifyWorker(worker);
        const { log, tracer } = this.#options;
        await runJob(name, handler, job!, { runtime, log, tracer });
      });
    }
  }

  async #runFetched(name: string, handler: JobHandler, job: JobWithMetadata<StoredJob>, runtime: BackgroundRuntime) {
    const { log, tracer } = this.#options;
    try {
      await runJob(name, handler, job, { runtime, log, tracer });
      await this.#boss.complete(name, job);
    } catch (error) {
      await this.#boss.fail(name, job, error as object);
    }
  }

  async #applySchedules(): Promise<void> {
    const wanted = Object.entries(this.#options.handlers).filter(([, handler]) => handler.schedule);
    for (const [name, { schedule }] of wanted) {
      await this.#boss.schedule(name, schedule!.cron, {}, { tz: schedule!.timezone ?? 'UTC' });
    }
    const names = new Set(wanted.map(([name]) => name));
    for (const { name } of await this.#boss.getSchedules()) {
      if (!names.has(name)) await this.#boss.unschedule(name);
    }
  }
}

function toInsert({ data, key, startAfter, correlationId, traceparent, organizationId }: ScheduledJob) {
  const stored: StoredJob = { data, correlationId, ...(traceparent && { traceparent }), organizationId };
  return { data: stored, singletonKey: key ?? randomUUID(), ...(startAfter && { startAfter }) };
}

import type { Work } from '../work/work.ts';

/** One run of a job. */
export interface JobRun {
  readonly id: string;
  /** 1 the first time. */
  readonly attempt: number;
  /** Aborts when the time is up, or when another worker has taken the job over: what comes after is in vain. */
  readonly signal: AbortSignal;
}

/** When a job runs by itself. */
export interface JobSchedule {
  /** Five fields; a run that came due while nothing was up is left out. */
  readonly cron: string;
  /** IANA name; UTC unless told. */
  readonly timezone?: string;
}

/**
 * What a subgraph does outside of any transaction: mail, HTTP, anything slow or timed.
 *
 * It runs at least once: a process that dies after the effect and before the job is marked runs it again. So a handler
 * is idempotent by a key of its own, such as the id of what it sends. The work is committed when it returns.
 */
export interface JobHandler<Services = unknown, Events extends object = object, Data extends object = object> {
  handle(data: Data, work: Work<Services, Events>, run: JobRun): Promise<void>;
  /** Further attempts after the first, with doubling delays; then it goes to the dead letters. 6 unless told. */
  readonly retryLimit?: number;
  /** Delay before the first retry, in seconds. 1 unless told. */
  readonly retryDelay?: number;
  /** Seconds one run may take. 60 unless told. */
  readonly timeout?: number;
  /** Runs at once in one process. 2 unless told. */
  readonly concurrency?: number;
  /** A scheduled run gets `{}` as its data. */
  readonly schedule?: JobSchedule;
}

/** By the job's name. */
export type JobHandlers<Services = unknown, Events extends object = object> = Readonly<
  Record<string, JobHandler<Services, Events>>
>;

import { randomUUID } from 'node:crypto';
import type { Logger } from '@supergraph/protocol';
import { SILENT_TRACER, type Tracer } from '@supergraph/telemetry';
import type { JobWithMetadata } from 'pg-boss';
import { withRowScope } from '../database/row-scope.ts';
import { Session } from '../session/session.ts';
import { traceBackground } from '../tracing/background.span.ts';
import type { BackgroundRuntime } from '../work/background.ts';
import type { JobHandler } from './job-handler.ts';

/** A job as it is kept. Of a scheduled run nothing is there. */
export interface StoredJob {
  readonly data?: object;
  readonly correlationId?: string;
  readonly traceparent?: string | undefined;
  readonly organizationId?: string | undefined;
}

/** Of a job that was fetched, not pushed: nobody takes it away again. */
const NEVER = new AbortController().signal;

/** What a run needs beside the job. */
export interface JobSurroundings {
  readonly runtime: BackgroundRuntime;
  readonly log: Logger;
  readonly tracer?: Tracer | undefined;
}

/** Runs a job once and commits its work. Throws what the handler throws: whoever called decides what becomes of the job. */
export async function runJob(
  name: string,
  handler: JobHandler,
  job: JobWithMetadata<StoredJob>,
  { runtime, log, tracer = SILENT_TRACER }: JobSurroundings,
): Promise<void> {
  const { data = {}, traceparent, organizationId, correlationId = randomUUID() } = job.data ?? {};
  const session = Session.system(organizationId);
  const attempt = job.retryCount + 1;
  const step = { name: `run ${name}`, system: 'pg-boss', destination: name, id: job.id, correlationId, traceparent };
  try {
    await traceBackground(tracer, step, (span) =>
      withRowScope(session, async () => {
        const scope = runtime.openScope(session, { correlationId, traceparent: span.traceparent });
        const work = runtime.openWork(scope);
        await handler.handle(data, work, { id: job.id, attempt, signal: job.signal ?? NEVER });
        await work.commit();
      }),
    );
    log.debug({ correlationId, job: name, jobId: job.id, attempt }, 'a job was done');
  } catch (error) {
    const last = attempt > job.retryLimit;
    const context = { err: error, correlationId, job: name, jobId: job.id, attempt };
    if (last) log.error(context, 'a job went to the dead letters');
    else log.warn(context, 'a job failed and will be retried');
    throw error;
  }
}

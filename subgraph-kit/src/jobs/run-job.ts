import { randomUUID } from 'node:crypto';
import type { Logger } from '@supergraph/protocol';
import type { JobWithMetadata } from 'pg-boss';
import { withRowScope } from '../database/row-scope.ts';
import { Session } from '../session/session.ts';
import type { BackgroundRuntime } from '../work/background.ts';
import type { JobHandler } from './job-handler.ts';

/** A job as it is kept. Of a scheduled run nothing is there. */
export interface StoredJob {
  readonly data?: object;
  readonly correlationId?: string;
  readonly organizationId?: string | undefined;
}

/** Runs a job once and commits its work. Throws what the handler throws: whoever called decides what becomes of the job. */
export async function runJob(
  name: string,
  handler: JobHandler,
  job: JobWithMetadata<StoredJob>,
  runtime: BackgroundRuntime,
  log: Logger,
): Promise<void> {
  const stored = job.data ?? {};
  const correlationId = stored.correlationId ?? randomUUID();
  const session = Session.system(stored.organizationId);
  const attempt = job.retryCount + 1;
  try {
    await withRowScope(session, async () => {
      const work = runtime.openWork(runtime.openScope(session, { correlationId }));
      await handler.handle(stored.data ?? {}, work, { id: job.id, attempt, signal: job.signal });
      await work.commit();
    });
  } catch (error) {
    const last = attempt > job.retryLimit;
    const context = { err: error, correlationId, job: name, jobId: job.id, attempt };
    if (last) log.error(context, 'a job went to the dead letters');
    else log.warn(context, 'a job failed and will be retried');
    throw error;
  }
}

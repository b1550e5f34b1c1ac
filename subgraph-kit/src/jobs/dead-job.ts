import type { EntityManager } from '@mikro-orm/postgresql';
import type { DeadLetter, DeadLetterQuery } from '../events/dead-letter.ts';
import { milliseconds, runSql } from '../events/statement.ts';
import { DEAD_LETTER_QUEUE, jobSchemaOf } from './job.schema.ts';
import type { StoredJob } from './run-job.ts';

interface DeadJobRow {
  id: string;
  since: string;
  failed_ms: number;
  name: string;
  attempts: number;
  last_error: string | null;
  data: StoredJob | null;
}

// Keyset on when they died; as text, because a Date would lose the microseconds that tell two apart.
const list = (schema: string) => `
select id, extract(epoch from created_on)::text as since, ${milliseconds('created_on')} as failed_ms,
  source_name as name, coalesce(source_retry_count, 0) + 1 as attempts, source_output ->> 'message' as last_error, data
from ${schema}.job
where name = '${DEAD_LETTER_QUEUE}' and state = 'created' and starts_with($1 || '/' || source_name, $2)
  and ($3::numeric is null or (extract(epoch from created_on), id) > ($3::numeric, $4::uuid))
order by extract(epoch from created_on), id
limit $5`;

/** A subgraph's jobs that have failed for good, longest dead first. */
export async function listDeadJobs(em: EntityManager, subgraph: string, query: DeadLetterQuery): Promise<DeadLetter[]> {
  const after = query.after ? parseDeadJobId(query.after) : undefined;
  const first = Math.min(Math.max(query.first, 0), 100);
  const values = [subgraph, query.consumerPrefix ?? '', after?.since ?? null, after?.jobId ?? null, first];
  const rows = await runSql<DeadJobRow>(em, list(jobSchemaOf(subgraph)), values);
  return rows.map((row) => ({
    id: `${row.since}:${row.id}`,
    consumer: `${subgraph}/${row.name}`,
    name: row.name,
    attempts: row.attempts,
    lastError: row.last_error ?? 'The worker died.',
    failedAt: new Date(row.failed_ms),
    correlationId: row.data?.correlationId ?? '',
    organizationId: row.data?.organizationId,
    data: row.data?.data ?? {},
  }));
}

/** `undefined` for what is not the id of a dead job. */
export function parseDeadJobId(id: string): { since: string; jobId: string } | undefined {
  const parts = /^(\d+(?:\.\d+)?):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(id);
  return parts ? { since: parts[1]!, jobId: parts[2]! } : undefined;
}

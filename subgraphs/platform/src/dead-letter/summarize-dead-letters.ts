import { permit } from '@supergraph/subgraph-kit';
import type { PlatformWork } from '../context.ts';
import type { DeadLetterKind } from './dead-letter.entity.ts';
import type { DeadLetterSummary } from './dead-letter.payloads.ts';
import { mayReadDeadLetters } from './dead-letter.policy.ts';

interface SummaryRow {
  subgraph: string;
  consumer: string;
  kind: DeadLetterKind;
  waiting: number;
  first: string;
  last: string;
}

/** More handlers and jobs than that do not fail one by one: the database is away, and the first hundred say so. */
const SUMMARIZE = `
select subgraph, consumer, kind, count(*)::integer as waiting, min(failed_at) as first, max(failed_at) as last
from bus.dead_letter where state = 'WAITING'
group by subgraph, consumer, kind order by waiting desc, consumer, kind limit 100`;

/** What waits for operators, by handler and job, the most first. */
export async function summarizeDeadLetters(work: PlatformWork): Promise<DeadLetterSummary[]> {
  permit(work.session, mayReadDeadLetters(work.session));
  const rows = await work.em.execute<SummaryRow[]>(SUMMARIZE);
  return rows.map(({ waiting, first, last, ...row }) => ({
    ...row,
    waitingCount: waiting,
    firstFailedAt: new Date(first),
    lastFailedAt: new Date(last),
  }));
}

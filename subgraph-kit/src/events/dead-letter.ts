import type { EntityManager } from '@mikro-orm/postgresql';
import { milliseconds, runSql } from './statement.ts';

/** What has failed for the last time and now waits for an operator: an event's delivery, or a job. */
export interface DeadLetter {
  /** Opaque; also the cursor of a list. */
  readonly id: string;
  /** `<subgraph>/<handler>` or `<subgraph>/<job>`. */
  readonly consumer: string;
  /** The event's or the job's name. */
  readonly name: string;
  readonly attempts: number;
  readonly lastError: string;
  readonly failedAt: Date;
  readonly correlationId: string;
  readonly organizationId: string | undefined;
  readonly data: object;
}

export interface DeadLetterQuery {
  /** `commerce/` for all of one subgraph. */
  readonly consumerPrefix?: string;
  /** The last id of the page before. */
  readonly after?: string;
  /** At most 100. */
  readonly first: number;
}

interface DeadLetterRow {
  event_id: string;
  consumer: string;
  name: string;
  attempts: number;
  last_error: string;
  failed_ms: number;
  correlation_id: string;
  organization_id: string | null;
  data: object;
}

const LIST = `
select delivery.event_id, delivery.consumer, event.name, delivery.attempts, delivery.last_error,
  ${milliseconds('delivery.finished_at')} as failed_ms, event.correlation_id, event.organization_id, event.data
from bus.delivery join bus.event on event.id = delivery.event_id
where delivery.status = 'dead' and starts_with(delivery.consumer, $1)
  and ($2::uuid is null or (delivery.event_id, delivery.consumer) > ($2::uuid, $3::text))
order by delivery.event_id, delivery.consumer
limit $4`;

const RETRY = `
with retried as (
  update bus.delivery set status = 'pending', attempts = 0, available_at = now(), finished_at = null
  where event_id = $1 and consumer = $2 and status in ('dead', 'discarded')
  returning subgraph
)
select pg_notify('bus', subgraph) from retried`;

const DISCARD = `
update bus.delivery set status = 'discarded', finished_at = now()
where event_id = $1 and consumer = $2 and status = 'dead'
returning 1`;

/** Deliveries that are dead, oldest event first. */
export async function listDeadLetters(em: EntityManager, query: DeadLetterQuery): Promise<DeadLetter[]> {
  const { eventId, consumer } = query.after ? parseId(query.after) : {};
  const first = Math.min(Math.max(query.first, 0), 100);
  const rows = await runSql<DeadLetterRow>(em, LIST, [query.consumerPrefix ?? '', eventId, consumer, first]);
  return rows.map((row) => ({
    id: `${row.event_id}:${row.consumer}`,
    consumer: row.consumer,
    name: row.name,
    attempts: row.attempts,
    lastError: row.last_error,
    failedAt: new Date(row.failed_ms),
    correlationId: row.correlation_id,
    organizationId: row.organization_id ?? undefined,
    data: row.data,
  }));
}

/** Delivers once more, with all attempts anew. A discarded one can be brought back while it is kept. */
export async function retryDeadLetter(em: EntityManager, id: string): Promise<boolean> {
  const { eventId, consumer } = parseId(id);
  return (await runSql(em, RETRY, [eventId, consumer])).length > 0;
}

/** Takes it off the list for good. The event itself stays in the log. */
export async function discardDeadLetter(em: EntityManager, id: string): Promise<boolean> {
  const { eventId, consumer } = parseId(id);
  return (await runSql(em, DISCARD, [eventId, consumer])).length > 0;
}

function parseId(id: string): { eventId: string | null; consumer: string | null } {
  // What is not one of our ids matches nothing.
  const parts = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(.+)$/.exec(id);
  return { eventId: parts?.[1] ?? null, consumer: parts?.[2] ?? null };
}

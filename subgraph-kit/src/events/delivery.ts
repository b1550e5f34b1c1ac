import type { EntityManager } from '@mikro-orm/postgresql';
import type { EventActor, EventEnvelope } from './event.ts';
import { milliseconds, runSql } from './statement.ts';

/** A delivery that is locked for us until the transaction ends. */
export interface Delivery {
  readonly consumer: string;
  readonly event: EventEnvelope;
  /** Attempts that failed before. */
  readonly attempts: number;
  /** Attempts before, during which the process died. */
  readonly deaths: number;
}

interface DeliveryRow {
  id: string;
  name: string;
  version: number;
  occurred_ms: number;
  organization_id: string | null;
  actor: EventActor;
  correlation_id: string;
  traceparent: string | null;
  data: object;
  consumer: string;
  attempts: number;
  deaths: number;
}

// Only handlers that this replica has: while versions overlap, a newer one's deliveries wait for it.
const CLAIM = `
select event.id, event.name, event.version, ${milliseconds('event.occurred_at')} as occurred_ms, event.organization_id,
  event.actor, event.correlation_id, event.traceparent, event.data, delivery.consumer, delivery.attempts, coalesce(attempt.started, 0) as deaths
from bus.delivery
join bus.event on event.id = delivery.event_id
left join bus.attempt on attempt.event_id = delivery.event_id and attempt.consumer = delivery.consumer
where delivery.subgraph = $1 and delivery.status = 'pending' and delivery.available_at <= now()
  and delivery.consumer = any($2)
order by delivery.available_at
limit 1
for update of delivery skip locked`;

/** Locks the delivery that has waited longest. The entity manager must be in a transaction. */
export async function claimDelivery(
  em: EntityManager,
  subgraph: string,
  consumers: readonly string[],
): Promise<Delivery | undefined> {
  const [row] = await runSql<DeliveryRow>(em, CLAIM, [subgraph, consumers]);
  if (!row) return undefined;
  return {
    consumer: row.consumer,
    attempts: row.attempts,
    deaths: row.deaths,
    event: {
      id: row.id,
      name: row.name,
      version: row.version,
      occurredAt: new Date(row.occurred_ms),
      organizationId: row.organization_id ?? undefined,
      actor: row.actor,
      correlationId: row.correlation_id,
      traceparent: row.traceparent ?? undefined,
      data: row.data,
    },
  };
}

/**
 * Notes that an attempt begins. Has to be committed at once and apart from the claim, or it would vanish in the very
 * crash it is there to count.
 */
export const MARK_ATTEMPT = `
insert into bus.attempt (event_id, consumer, started) values ($1, $2, 1)
on conflict (event_id, consumer) do update set started = attempt.started + 1`;

const CLEAR_ATTEMPT = `delete from bus.attempt where event_id = $1 and consumer = $2`;

const FINISH = `
with cleared as (${CLEAR_ATTEMPT})
update bus.delivery
set status = $3, finished_at = now(), last_error = coalesce($4, last_error), attempts = attempts + $5
where event_id = $1 and consumer = $2 and status = 'pending'`;

const RECORD_FAILURE = `
with cleared as (${CLEAR_ATTEMPT})
update bus.delivery
set attempts = attempts + 1,
  last_error = $3,
  status = case when $4 then 'dead' else 'pending' end,
  finished_at = case when $4 then now() end,
  -- Not now(), which is when the handler began: a slow one would have used up its pause.
  available_at = clock_timestamp() + make_interval(secs => $5)
where event_id = $1 and consumer = $2 and status = 'pending'`;

export async function markDone(em: EntityManager, delivery: Delivery): Promise<void> {
  await runSql(em, FINISH, [delivery.event.id, delivery.consumer, 'done', null, 0]);
}

export async function markDead(em: EntityManager, delivery: Delivery, reason: string): Promise<void> {
  await runSql(em, FINISH, [delivery.event.id, delivery.consumer, 'dead', reason, delivery.deaths]);
}

/** @param retryAfter seconds until the next attempt; `undefined` when there is none left */
export async function recordFailure(
  em: EntityManager,
  delivery: Delivery,
  reason: string,
  retryAfter: number | undefined,
): Promise<void> {
  const last = retryAfter === undefined;
  await runSql(em, RECORD_FAILURE, [delivery.event.id, delivery.consumer, reason, last, retryAfter ?? 0]);
}

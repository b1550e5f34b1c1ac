import type { EntityManager } from '@mikro-orm/postgresql';
import type { ScheduledJob } from '../jobs/job.ts';
import type { Outbox } from '../work/work.ts';
import type { EventEnvelope } from './event.ts';
import { runSql } from './statement.ts';

/** The part of a job queue that takes jobs, inside a transaction. */
export interface JobSink {
  enqueue(em: EntityManager, jobs: readonly ScheduledJob[]): Promise<void>;
}

// One statement for any number of events and consumers. The notification goes out when the transaction commits.
const APPEND = `
with published as (
  insert into bus.event (id, name, version, occurred_at, organization_id, actor, correlation_id, traceparent, producer, data)
  select id, name, version, "occurredAt", "organizationId", actor, "correlationId", traceparent, $1, data
  from jsonb_to_recordset($2::jsonb) as published (
    id uuid, name text, version smallint, "occurredAt" timestamptz, "organizationId" uuid, actor jsonb,
    "correlationId" text, traceparent text, data jsonb
  )
  returning id, name
), delivered as (
  insert into bus.delivery (event_id, consumer)
  select published.id, subscription.consumer
  from published join bus.subscription on subscription.event_name = published.name
  returning subgraph
)
select pg_notify('bus', subgraph) from (select distinct subgraph from delivered) as woken`;

/** Writes events to the log and one delivery for each of their consumers, and hands jobs to the queue. */
export class EventOutbox implements Outbox {
  readonly #producer: string;
  readonly #jobs: JobSink;

  /** `producer` is the subgraph that publishes. */
  constructor({ producer, jobs }: { readonly producer: string; readonly jobs: JobSink }) {
    this.#producer = producer;
    this.#jobs = jobs;
  }

  async append(em: EntityManager, events: readonly EventEnvelope[]): Promise<void> {
    if (events.length > 0) await runSql(em, APPEND, [this.#producer, JSON.stringify(events)]);
  }

  async enqueue(em: EntityManager, jobs: readonly ScheduledJob[]): Promise<void> {
    if (jobs.length > 0) await this.#jobs.enqueue(em, jobs);
  }
}

-- The bus: what happened, who wants to hear of it, and whom it still has to reach.
-- Every subgraph's role is a member of supergraph_bus and gets no more here than is granted at the end.

-- The event log. Rows are never changed and never deleted: read models are rebuilt from it.
-- Follow it by seq, but stay behind the oldest open transaction: a lower seq can still be committed after a higher one.
create table bus.event (
  id uuid primary key,
  seq bigint generated always as identity unique,
  name text not null check (length(name) between 3 and 100),
  version smallint not null check (version > 0),
  occurred_at timestamptz not null,
  organization_id uuid,
  actor jsonb not null,
  correlation_id text not null,
  -- The subgraph that published it.
  producer text not null,
  data jsonb not null
);

create index event_by_name on bus.event (name, seq);

-- A consumer is '<subgraph>/<handler>'.
create table bus.subscription (
  consumer text not null check (consumer ~ '^[a-z][a-z0-9_]*/[A-Za-z][A-Za-z0-9_.-]*$'),
  event_name text not null,
  primary key (consumer, event_name)
);

create index subscription_by_event on bus.subscription (event_name);

-- One row per event and consumer, made in the publisher's transaction.
create table bus.delivery (
  event_id uuid not null references bus.event (id),
  consumer text not null,
  subgraph text not null generated always as (split_part(consumer, '/', 1)) stored,
  status text not null default 'pending' check (status in ('pending', 'done', 'dead', 'discarded')),
  -- Failed attempts so far.
  attempts smallint not null default 0,
  available_at timestamptz not null default now(),
  last_error text,
  finished_at timestamptz,
  primary key (event_id, consumer),
  check ((finished_at is null) = (status = 'pending'))
) with (
  fillfactor = 85,
  -- Each row is updated once and then left: without this, dead versions would pile up at the head of the claim.
  autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_analyze_scale_factor = 0.05
);

-- Partial, so that claiming costs the same however many deliveries were made before.
create index delivery_pending on bus.delivery (subgraph, available_at) where status = 'pending';
create index delivery_dead on bus.delivery (event_id, consumer) where status = 'dead';
create index delivery_finished on bus.delivery (subgraph, finished_at) where status in ('done', 'discarded');

-- Deliveries in hand right now. The claim itself vanishes with the process that holds it, and so would the only trace
-- of an event that kills its handler's process each time; what is found here at a claim was left by such a death.
-- Unlogged: it costs no disk write, and what a crash of the server erases is only a count that starts again.
create unlogged table bus.attempt (
  event_id uuid not null,
  consumer text not null,
  started smallint not null,
  primary key (event_id, consumer)
);

-- Deletes deliveries that need nobody's attention any more. The only way for a subgraph to delete one.
create function bus.purge_deliveries(owner text, finished_before timestamptz, at_most integer) returns integer
language sql security definer set search_path = '' as $$
  with finished as (
    select event_id, consumer from bus.delivery
    where subgraph = owner and status in ('done', 'discarded') and finished_at < finished_before
    order by finished_at limit at_most
    for update skip locked
  ), purged as (
    delete from bus.delivery using finished
    where delivery.event_id = finished.event_id and delivery.consumer = finished.consumer
    returning 1
  )
  select count(*)::integer from purged
$$;

revoke all on function bus.purge_deliveries from public;

grant usage on schema bus to supergraph_bus;
grant select, insert on bus.event, bus.subscription to supergraph_bus;
grant select, insert, update (status, attempts, available_at, last_error, finished_at) on bus.delivery to supergraph_bus;
grant select, insert, update, delete on bus.attempt to supergraph_bus;
grant execute on function bus.purge_deliveries to supergraph_bus;

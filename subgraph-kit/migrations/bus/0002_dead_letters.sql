-- Dead letters: what has failed for the last time, an event's delivery or a job, whichever subgraph it belongs to.
--
-- Each subgraph's role reaches its own schema and what it needs of the bus, and so does the operators'. What dies is
-- therefore recorded here, by triggers, in the transaction in which it dies; and what operators decide is done by the
-- functions below, which belong to whoever migrates. Nobody is granted anything of this but what a migration of the
-- operators' own subgraph grants to its role: reading the table, and the functions to retry, discard and restore.

-- One row for each time something died. It ends RETRIED, or DISCARDED, from where it can be brought back while it is kept.
create table bus.dead_letter (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('EVENT', 'JOB')),
  -- '<subgraph>/<handler or job>'
  consumer text not null,
  subgraph text not null generated always as (split_part(consumer, '/', 1)) stored,
  -- The event's or the job's.
  name text not null,
  attempts integer not null,
  last_error text not null,
  failed_at timestamptz not null,
  correlation_id text not null,
  organization_id uuid,
  state text not null default 'WAITING' check (state in ('WAITING', 'RETRIED', 'DISCARDED')),
  settled_at timestamptz,
  -- An event's: its delivery, which stays where it is.
  event_id uuid,
  -- A job's: the job itself, which is not in its queue any more. `job_id` is that of the very first attempt.
  job_id uuid,
  job_key text,
  job jsonb,
  foreign key (event_id, consumer) references bus.delivery (event_id, consumer) on delete cascade,
  check ((settled_at is null) = (state = 'WAITING')),
  check ((kind = 'EVENT') = (event_id is not null)),
  check ((kind = 'JOB') = (job is not null))
);

-- A list is always of one state; the last two columns are the order of its pages.
create index dead_letter_by_age on bus.dead_letter (state, failed_at, id);
create index dead_letter_by_consumer on bus.dead_letter (state, consumer, failed_at, id);
create index dead_letter_by_subgraph on bus.dead_letter (state, subgraph, failed_at, id);
create index dead_letter_by_kind on bus.dead_letter (state, kind, failed_at, id);
create index dead_letter_by_organization on bus.dead_letter (state, organization_id, failed_at, id)
  where organization_id is not null;
-- For purging. Also: a delivery dies again only after it was retried.
create index dead_letter_settled on bus.dead_letter (subgraph, settled_at) where state <> 'WAITING';
create unique index dead_letter_of_delivery on bus.dead_letter (event_id, consumer) where state <> 'RETRIED';
create index dead_letter_by_delivery on bus.dead_letter (event_id, consumer) where event_id is not null;

-- What a migration gave up because its handler is gone is discarded from the start.
create function bus.record_dead_delivery() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into bus.dead_letter (
    kind, consumer, name, attempts, last_error, failed_at, correlation_id, organization_id, state, settled_at, event_id
  )
  select 'EVENT', new.consumer, event.name, new.attempts, coalesce(new.last_error, ''), clock_timestamp(),
    event.correlation_id, event.organization_id, case new.status when 'dead' then 'WAITING' else 'DISCARDED' end,
    case new.status when 'dead' then null else new.finished_at end, new.event_id
  from bus.event where event.id = new.event_id;
  return null;
end
$$;

revoke all on function bus.record_dead_delivery from public;

create trigger record_dead_delivery after update of status on bus.delivery for each row
when (old.status = 'pending' and new.status in ('dead', 'discarded'))
execute function bus.record_dead_delivery();

insert into bus.dead_letter (
  kind, consumer, name, attempts, last_error, failed_at, correlation_id, organization_id, state, settled_at, event_id
)
select 'EVENT', delivery.consumer, event.name, delivery.attempts, coalesce(delivery.last_error, ''), delivery.finished_at,
  event.correlation_id, event.organization_id, case delivery.status when 'dead' then 'WAITING' else 'DISCARDED' end,
  case delivery.status when 'dead' then null else delivery.finished_at end, delivery.event_id
from bus.delivery join bus.event on event.id = delivery.event_id
where delivery.status in ('dead', 'discarded');

-- Takes a job that the queue gives up, in place of its dead-letter queue. Fires in a subgraph's job schema, by whose name
-- it knows whose job it is. It must not fail on anything a job may contain: the queue could not give up the job then.
create function bus.take_dead_job() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  job jsonb := coalesce(new.data, '{}');
begin
  insert into bus.dead_letter (
    kind, consumer, name, attempts, last_error, failed_at, correlation_id, organization_id, job_id, job_key, job
  ) values (
    'JOB', substr(tg_table_schema, length('jobs_') + 1) || '/' || new.source_name, new.source_name,
    coalesce(new.source_retry_count, 0) + 1,
    left(coalesce(
      new.source_output ->> 'message', new.source_output -> 'value' ->> 'message', 'The worker died.'
    ), 2000),
    new.created_on, coalesce(job ->> 'correlationId', ''),
    substring(job ->> 'organizationId' from '^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$')::uuid,
    coalesce(new.source_root_id, new.source_id), new.singleton_key, job
  );
  return null;
end
$$;

revoke all on function bus.take_dead_job from public;

-- One decision at a time, and none about a delivery that is just being purged: that locks deliveries before letters too.
create function bus.hold_dead_letters(letters uuid[]) returns void
language plpgsql set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtext('bus dead letters'));
  perform from bus.delivery join bus.dead_letter as letter using (event_id, consumer)
  where letter.id = any(letters) order by letter.id for update of delivery;
  perform from bus.dead_letter where id = any(letters) order by id for update;
end
$$;

revoke all on function bus.hold_dead_letters from public;

-- Puts a job back into its queue as that is set up now, as the queue's own redrive does. False when a job with its key
-- waits or runs; null when there is no such queue any more.
create function bus.requeue_job(letter bus.dead_letter) returns boolean
language plpgsql set search_path = '' as $$
declare
  schema text := 'jobs_' || letter.subgraph;
  known boolean;
  requeued integer;
begin
  if to_regclass(format('%I.queue', schema)) is null then return null; end if;
  execute format('select exists (select from %I.queue where name = $1)', schema) into known using letter.name;
  if not known then return null; end if;
  execute format($insert$
    insert into %1$I.job (
      name, data, singleton_key, source_root_id, policy, retry_limit, retry_delay, retry_delay_max, retry_backoff,
      expire_seconds, heartbeat_seconds, keep_until, deletion_seconds, dead_letter
    )
    select name, $2, $3, $4, policy, retry_limit, retry_delay, retry_delay_max, retry_backoff, expire_seconds,
      heartbeat_seconds, now() + retention_seconds * interval '1 second', deletion_seconds, dead_letter
    from %1$I.queue where name = $1
    on conflict do nothing
  $insert$, schema) using letter.name, letter.job, letter.job_key, letter.job_id;
  get diagnostics requeued = row_count;
  return requeued > 0;
end
$$;

revoke all on function bus.requeue_job from public;

-- Tries letters again, with all attempts anew. Says of each that exists CHANGED, or why not: the state it is in,
-- NO_CONSUMER when nobody is there to handle it, SUPERSEDED when that very thing is already being done.
create function bus.retry_dead_letters(letters uuid[]) returns table (letter_id uuid, outcome text)
language plpgsql security definer set search_path = '' as $$
declare
  letter bus.dead_letter;
  taken boolean;
begin
  perform bus.hold_dead_letters(letters);
  for letter in select * from bus.dead_letter where id = any(letters) order by failed_at, id loop
    letter_id := letter.id;
    if letter.state <> 'WAITING' then
      outcome := letter.state;
      return next;
      continue;
    end if;
    if letter.kind = 'JOB' then
      taken := bus.requeue_job(letter);
    elsif exists (
      select from bus.subscription where consumer = letter.consumer and event_name = letter.name
    ) then
      update bus.delivery set status = 'pending', attempts = 0, available_at = now(), finished_at = null
      where event_id = letter.event_id and consumer = letter.consumer and status = 'dead';
      taken := found;
      perform pg_notify('bus', letter.subgraph);
    else
      taken := null;
    end if;
    if taken then
      update bus.dead_letter set state = 'RETRIED', settled_at = now() where id = letter.id;
    end if;
    outcome := case when taken then 'CHANGED' when taken is null then 'NO_CONSUMER' else 'SUPERSEDED' end;
    return next;
  end loop;
end
$$;

revoke all on function bus.retry_dead_letters from public;

-- Takes letters off the list. Says of each that exists CHANGED, or the state it is in.
create function bus.discard_dead_letters(letters uuid[]) returns table (letter_id uuid, outcome text)
language plpgsql security definer set search_path = '' as $$
begin
  perform bus.hold_dead_letters(letters);
  return query
  with discarded as (
    update bus.dead_letter set state = 'DISCARDED', settled_at = now()
    where id = any(letters) and state = 'WAITING'
    returning id, event_id, consumer
  ), deliveries as (
    update bus.delivery set status = 'discarded', finished_at = now() from discarded
    where delivery.event_id = discarded.event_id and delivery.consumer = discarded.consumer and status = 'dead'
  )
  -- As the letters were before: one statement does not see its own changes.
  select letter.id, case letter.state when 'WAITING' then 'CHANGED' else letter.state end
  from bus.dead_letter as letter where letter.id = any(letters);
end
$$;

revoke all on function bus.discard_dead_letters from public;

-- Puts letters that were discarded back onto the list. Says of each that exists CHANGED, or the state it is in.
create function bus.restore_dead_letters(letters uuid[]) returns table (letter_id uuid, outcome text)
language plpgsql security definer set search_path = '' as $$
begin
  perform bus.hold_dead_letters(letters);
  return query
  with restored as (
    update bus.dead_letter set state = 'WAITING', settled_at = null
    where id = any(letters) and state = 'DISCARDED'
    returning id, event_id, consumer
  ), deliveries as (
    update bus.delivery set status = 'dead', finished_at = now() from restored
    where delivery.event_id = restored.event_id and delivery.consumer = restored.consumer and status = 'discarded'
  )
  select letter.id, case letter.state when 'DISCARDED' then 'CHANGED' else letter.state end
  from bus.dead_letter as letter where letter.id = any(letters);
end
$$;

revoke all on function bus.restore_dead_letters from public;

-- Deletes letters that were settled long ago. Those of a purged delivery go with it.
create function bus.purge_dead_letters(owner text, settled_before timestamptz, at_most integer) returns integer
language sql security definer set search_path = '' as $$
  with settled as (
    select id from bus.dead_letter
    where subgraph = owner and state <> 'WAITING' and settled_at < settled_before
    order by settled_at limit at_most
    for update skip locked
  ), purged as (
    delete from bus.dead_letter using settled where dead_letter.id = settled.id
    returning 1
  )
  select count(*)::integer from purged
$$;

revoke all on function bus.purge_dead_letters from public;
grant execute on function bus.purge_dead_letters to supergraph_bus;

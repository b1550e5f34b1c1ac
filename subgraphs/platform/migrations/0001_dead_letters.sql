-- What operators need of the bus, and nobody else has: dead letters of every subgraph, and the three decisions about them.
grant select on bus.dead_letter to supergraph_platform;
grant execute on function bus.retry_dead_letters, bus.discard_dead_letters, bus.restore_dead_letters
  to supergraph_platform;

-- Who decided what about which dead letter. Outlives the letter.
create table dead_letter_action (
  id uuid primary key,
  dead_letter_id uuid not null,
  decision text not null check (decision in ('RETRY', 'DISCARD', 'RESTORE')),
  -- Who really acted, also while working in somebody's name.
  actor_id uuid not null,
  reason text check (length(reason) between 1 and 500),
  correlation_id text not null,
  made_at timestamptz not null,
  check (decision <> 'DISCARD' or reason is not null)
);

create index dead_letter_action_newest on dead_letter_action (dead_letter_id, made_at desc, id desc);

-- Rows are added and read. With no policy for anything else, nothing can change or delete one.
alter table dead_letter_action enable row level security;
create policy readable on dead_letter_action for select using (true);
create policy appendable on dead_letter_action for insert with check (true);

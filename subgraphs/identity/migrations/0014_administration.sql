-- Who of the staff worked in whose name, and why. Rows are written once and never changed or deleted, not even with the
-- account they are about.
create table impersonation (
  id uuid primary key,
  user_id uuid not null references user_account (id),
  impersonator_id uuid not null references user_account (id),
  -- No reference: sessions are forgotten after a while, this is not.
  session_id uuid not null unique,
  reason text not null check (length(reason) between 1 and 500),
  address text check (length(address) <= 64),
  started_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > started_at),
  check (user_id <> impersonator_id)
);

create index impersonation_by_start on impersonation (started_at desc, id desc);
create index impersonation_of_user on impersonation (user_id, started_at desc, id desc);
create index impersonation_by_staff on impersonation (impersonator_id, started_at desc, id desc);

alter table impersonation enable row level security;

create policy impersonation_written on impersonation for insert with check (
  current_setting('supergraph.system', true) = 'on'
);
create policy impersonation_read on impersonation for select using (
  current_setting('supergraph.system', true) = 'on'
);

-- Search by any part of a name or an address. Without a list of pending entries, which every search would have to read
-- through: people search more often than others register.
create extension if not exists pg_trgm with schema extensions;
create index user_account_by_text on user_account
  using gin ((name || ' ' || coalesce(email, '')) extensions.gin_trgm_ops) with (fastupdate = off);
create index user_account_by_name on user_account (name, id);
create index user_account_by_standing on user_account (status, created_at, id);
create index user_account_staff on user_account (platform_role, created_at, id) where platform_role <> 'MEMBER';

-- Shops: who sells here, and who may.
--
-- Row-level security: an open shop is everybody's to see, everything else of a shop only that of its organization. What
-- staff decides and what buyers cause is written by the system, after the use-case has checked its policy.

create function is_system() returns boolean language sql stable as $$
  select current_setting('supergraph.system', true) = 'on'
$$;

create function current_user_id() returns uuid language sql stable as $$
  select nullif(current_setting('supergraph.user_id', true), '')::uuid
$$;

create function current_organization_id() returns uuid language sql stable as $$
  select nullif(current_setting('supergraph.organization_id', true), '')::uuid
$$;

create table shop (
  id uuid primary key,
  organization_id uuid not null,
  -- Who opened it, and is asked when something is unclear.
  owner_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  -- Its address in the storefront. Never given to another shop, also when this one is closed: links to it are out there.
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 3 and 60),
  description text not null check (length(description) <= 5000),
  -- All its prices are in it. Never changes: orders, stock and the ledger are counted in it.
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  country text not null check (country ~ '^[A-Z]{2}$'),
  -- In hundredths of a percent.
  tax_rate integer not null check (tax_rate between 0 and 5000),
  prices_include_tax boolean not null,
  commission_rate integer not null check (commission_rate between 0 and 5000),
  state text not null check (state in ('PENDING_APPROVAL', 'OPEN', 'SUSPENDED', 'CLOSED')),
  -- Why it is suspended.
  state_reason text check (length(state_reason) <= 500),
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  opened_at timestamptz,
  check (state not in ('OPEN', 'SUSPENDED') or opened_at is not null),
  check ((state = 'SUSPENDED') = (state_reason is not null))
);

create index shop_by_organization on shop (organization_id, created_at desc, id desc);
create index shop_newest on shop (state, created_at desc, id desc);
create index shop_by_name on shop (state, name, id);

-- What a shop says of itself to be let in. One is undecided at a time.
create table shop_verification (
  id uuid primary key,
  shop_id uuid not null references shop (id),
  organization_id uuid not null,
  submitted_by uuid not null,
  legal_name text not null check (length(legal_name) between 1 and 200),
  registration_number text not null check (length(registration_number) between 1 and 50),
  state text not null check (state in ('SUBMITTED', 'APPROVED', 'REJECTED')),
  decided_by uuid,
  -- What the shop is told when it is not let in.
  reason text check (length(reason) <= 500),
  submitted_at timestamptz not null,
  decided_at timestamptz,
  check ((state = 'SUBMITTED') = (decided_at is null)),
  check ((state = 'SUBMITTED') = (decided_by is null)),
  check ((state = 'REJECTED') = (reason is not null))
);

create unique index shop_verification_undecided on shop_verification (shop_id) where state = 'SUBMITTED';
create index shop_verification_by_shop on shop_verification (shop_id, submitted_at desc, id desc);
create index shop_verification_queue on shop_verification (submitted_at, id) where state = 'SUBMITTED';

alter table shop enable row level security;
create policy readable on shop for select
  using (state = 'OPEN' or organization_id = current_organization_id() or is_system());
create policy own_inserted on shop for insert
  with check (organization_id = current_organization_id() or is_system());
create policy own_updated on shop for update
  using (organization_id = current_organization_id() or is_system());

alter table shop_verification enable row level security;
create policy own on shop_verification using (organization_id = current_organization_id() or is_system());

-- What people pay for. Without row-level security: plans say the same to everybody.
create table plan (
  name text primary key check (name in ('FREE', 'PRO', 'ENTERPRISE')),
  description text not null,
  -- Per month, in minor units.
  price_amount bigint not null check (price_amount >= 0),
  price_currency text not null check (price_currency ~ '^[A-Z]{3}$'),
  -- From least to most.
  rank integer not null unique,
  members_per_organization integer not null check (members_per_organization > 0),
  organizations integer not null check (organizations >= 0),
  api_keys integer not null check (api_keys >= 0)
);

insert into plan
  (name, description, price_amount, price_currency, rank, members_per_organization, organizations, api_keys)
values
  ('FREE', 'To begin with.', 0, 'USD', 1, 5, 2, 2),
  ('PRO', 'For teams that work with it every day.', 2900, 'USD', 2, 50, 10, 20),
  ('ENTERPRISE', 'For whole companies.', 29900, 'USD', 3, 1000, 50, 200);

-- Whoever has no live row is on FREE.
create table plan_subscription (
  id uuid primary key,
  user_id uuid not null references user_account (id),
  plan text not null references plan (name) check (plan <> 'FREE'),
  status text not null check (status in ('ACTIVE', 'PAST_DUE', 'CANCELLED')),
  -- Until when it is paid for.
  current_period_end timestamptz not null,
  cancel_at_period_end boolean not null default false,
  version integer not null default 1,
  started_at timestamptz not null,
  updated_at timestamptz not null,
  ended_at timestamptz,
  check ((status = 'CANCELLED') = (ended_at is not null))
);

create unique index plan_subscription_live on plan_subscription (user_id) where status <> 'CANCELLED';
create index plan_subscription_by_plan on plan_subscription (plan, user_id) where status <> 'CANCELLED';
create index plan_subscription_by_end on plan_subscription (current_period_end) where status <> 'CANCELLED';

alter table plan_subscription enable row level security;

create policy plan_subscription_scope on plan_subscription using (
  current_setting('supergraph.system', true) = 'on'
  or user_id::text = current_setting('supergraph.user_id', true)
);

create table invitation (
  id uuid primary key,
  organization_id uuid not null references organization (id),
  email text not null check (email = lower(email) and length(email) between 3 and 254),
  role text not null check (role in ('OWNER', 'ADMIN', 'MANAGER', 'AGENT', 'VIEWER')) references role (name),
  status text not null check (status in ('PENDING', 'ACCEPTED', 'REVOKED', 'EXPIRED')),
  -- SHA-256 of the token in the latest mail; older mails are worth nothing.
  token_hash text not null unique,
  inviter_id uuid not null references user_account (id),
  -- The invited person said no. That ends an invitation like a revocation.
  declined boolean not null default false check (not declined or status = 'REVOKED'),
  accepted_by uuid references user_account (id),
  created_at timestamptz not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > sent_at),
  ended_at timestamptz,
  check ((status = 'ACCEPTED') = (accepted_by is not null)),
  check ((status = 'PENDING') = (ended_at is null))
);

-- One mail to answer per address and organization, however many colleagues have the same idea.
create unique index invitation_pending on invitation (organization_id, email) where status = 'PENDING';
create index invitation_by_creation on invitation (organization_id, created_at desc, id desc);
create index invitation_to_address on invitation (email) where status = 'PENDING';
create index invitation_by_expiry on invitation (expires_at) where status = 'PENDING';

alter table invitation enable row level security;

-- Whoever is invited does not belong to the organization yet: they are let through for single steps.
create policy invitation_scope on invitation using (
  current_setting('supergraph.system', true) = 'on'
  or organization_id::text = current_setting('supergraph.organization_id', true)
);

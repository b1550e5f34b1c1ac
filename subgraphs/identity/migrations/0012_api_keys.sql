create table api_key (
  id uuid primary key,
  organization_id uuid not null references organization (id),
  -- Whose rights the key has, as long as they have them.
  user_id uuid not null references user_account (id),
  name text not null check (length(name) between 1 and 100),
  -- The beginning of the key, for people to recognise it by.
  prefix text not null unique,
  -- SHA-256: the key has 256 random bits, so nothing slower is needed.
  hash text not null unique,
  scopes text[] not null check (cardinality(scopes) between 1 and 100),
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  last_used_at timestamptz,
  revoked_at timestamptz
);

create index api_key_by_creation on api_key (organization_id, created_at desc, id desc);
create index api_key_live on api_key (user_id) where revoked_at is null;

alter table api_key enable row level security;

create policy api_key_scope on api_key using (
  current_setting('supergraph.system', true) = 'on'
  or organization_id::text = current_setting('supergraph.organization_id', true)
);

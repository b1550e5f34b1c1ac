-- What proves who somebody is, and what they got for it. All of it is closed to everybody but its owner and the system;
-- whoever is not signed in yet is let through for single steps by `src/elevation.ts`.

-- Private keys of access tokens, sealed. No row-level security: there is nobody they belong to.
create table signing_key (
  kid text primary key,
  -- As it stands in the JWKS.
  public_jwk jsonb not null,
  sealed_private_key text not null,
  created_at timestamptz not null,
  -- Published before it signs anything, so that nobody meets a token whose key they cannot find.
  signs_from timestamptz not null,
  -- Known once there is a successor: until then its last token lives.
  verifies_until timestamptz check (verifies_until > signs_from)
);

create table password_credential (
  user_id uuid primary key references user_account (id),
  -- Argon2id, in PHC format.
  hash text not null,
  changed_at timestamptz not null
);

create table second_factor (
  user_id uuid primary key references user_account (id),
  sealed_secret text not null,
  -- Not asked for until a first code has shown that the app has the secret.
  confirmed_at timestamptz,
  -- The time step of the last code that was taken: no code counts twice.
  last_step integer not null default 0,
  created_at timestamptz not null
);

create table recovery_code (
  user_id uuid not null references user_account (id),
  hash text not null,
  used_at timestamptz,
  primary key (user_id, hash)
);

create table auth_session (
  id uuid primary key,
  user_id uuid not null references user_account (id),
  -- The organization the person acts for; null: their personal one.
  organization_id uuid references organization (id),
  -- The member of staff who works in the user's name.
  impersonator_id uuid references user_account (id),
  device text not null check (length(device) between 1 and 100),
  address text check (length(address) <= 64),
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_reason text check (
    revoked_reason in (
      'SIGNED_OUT', 'REVOKED', 'REUSE', 'PASSWORD_CHANGED', 'SUSPENDED', 'DELETED', 'IMPERSONATION_ENDED'
    )
  ),
  check ((revoked_at is null) = (revoked_reason is null))
);

create index auth_session_by_user on auth_session (user_id, last_used_at desc, id desc);
create index auth_session_by_end on auth_session (coalesce(revoked_at, expires_at));

create table refresh_token (
  -- SHA-256: the token has 256 random bits, so nothing slower is needed.
  hash text primary key,
  session_id uuid not null references auth_session (id) on delete cascade,
  user_id uuid not null references user_account (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- When it was exchanged for its successor.
  used_at timestamptz
);

create index refresh_token_by_session on refresh_token (session_id);
create index refresh_token_by_expiry on refresh_token (expires_at);

create table one_time_token (
  hash text primary key,
  user_id uuid not null references user_account (id),
  purpose text not null check (
    purpose in ('VERIFY_EMAIL', 'RESET_PASSWORD', 'CHANGE_EMAIL', 'SECOND_FACTOR')
  ),
  -- What it is about, where it is not the user alone: the address a person wants to change to.
  subject text check (length(subject) <= 254),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create index one_time_token_by_user on one_time_token (user_id, purpose);
create index one_time_token_by_expiry on one_time_token (expires_at);

-- Failed sign-ins in a row, by the digest of the address that was tried: also of addresses that nobody has, or their
-- lack of a lockout would tell them apart. For the same reason there is no user here, and no row-level security.
create table sign_in_lockout (
  subject text primary key,
  failures integer not null,
  locked_until timestamptz,
  last_failure_at timestamptz not null
);

create index sign_in_lockout_by_age on sign_in_lockout (last_failure_at);

do $$
declare personal text;
begin
  foreach personal in array array[
    'password_credential', 'second_factor', 'recovery_code', 'auth_session', 'refresh_token', 'one_time_token'
  ] loop
    execute format('alter table %I enable row level security', personal);
    execute format(
      $policy$
        create policy %I on %I using (
          current_setting('supergraph.system', true) = 'on'
          or user_id::text = current_setting('supergraph.user_id', true)
        )
      $policy$,
      personal || '_scope', personal
    );
  end loop;
end $$;

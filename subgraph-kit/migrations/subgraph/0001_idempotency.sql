-- The first result of each operation that a client made repeatable, kept in the transaction of its effect.
create table idempotency_key (
  -- Who calls, and for which organization: one caller can neither read nor block another's keys.
  owner text not null,
  operation text not null,
  key text not null check (char_length(key) between 1 and 128),
  -- SHA-256 of the input: the same key with another input is a mistake that must not pass for a repetition.
  input_hash bytea not null check (octet_length(input_hash) = 32),
  result jsonb,
  created_at timestamptz not null,
  primary key (owner, operation, key)
);

-- For purging what is too old to be repeated.
create index idempotency_key_created_at on idempotency_key (created_at);

-- What was tried lately, so that all processes together keep to a limit. Unlogged: it costs no disk write, and what a
-- crash of the server erases is worth a minute.
create unlogged table attempt (
  -- The limit's name and whom it is for.
  key text primary key check (char_length(key) <= 200),
  -- The attempts within the limit's window, the oldest first.
  made_at timestamptz[] not null,
  expires_at timestamptz not null
);

create index attempt_expires_at on attempt (expires_at);

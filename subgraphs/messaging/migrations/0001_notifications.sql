-- Notifications: who can be told something, how they want to be told, what they were told and over which channel.
--
-- Row-level security: what belongs to a person is seen by that person and by the system (events, jobs); a use-case that
-- writes for somebody else checks its policy first and then works as the system.

-- A copy of what notifications need to know of identity's users, kept up to date by its events.
-- Events arrive in any order, so each part remembers the time of the event it was taken from.
create table recipient (
  user_id uuid primary key,
  -- Null for somebody of whom nothing but a change of state was heard yet, and for the deleted.
  email text,
  name text not null default '',
  locale text not null default 'en',
  time_zone text not null default 'UTC',
  status text not null default 'ACTIVE' check (status in ('ACTIVE', 'SUSPENDED', 'DELETED')),
  profile_as_of timestamptz,
  status_as_of timestamptz,
  -- Counts a person's notifications. Locked until the commit, so that they become visible in the order of their
  -- numbers: a client that reads on from the newest it has misses none.
  last_sequence bigint not null default 0,
  -- The mail server of this address refused it for good; only mail about the account's safety still tries.
  email_bounced_at timestamptz,
  -- An erased person leaves the id and nothing else, so that a late event cannot bring anything back.
  check (status <> 'DELETED' or (email is null and name = ''))
);

create index recipient_by_time_zone on recipient (time_zone, user_id) where status = 'ACTIVE';

-- Members of organizations, for audiences and for who may notify whom. `member` is false after a removal: the row stays
-- so that an older "added" cannot undo it.
create table recipient_organization (
  organization_id uuid not null,
  user_id uuid not null,
  role text not null,
  member boolean not null,
  as_of timestamptz not null,
  primary key (organization_id, user_id)
);

create index recipient_organization_by_user on recipient_organization (user_id);

-- Only what a person changed; everything else follows the type's defaults.
create table notification_preference (
  user_id uuid not null,
  type text not null,
  channel text not null check (channel in ('IN_APP', 'EMAIL', 'WEB_PUSH')),
  enabled boolean not null,
  primary key (user_id, type, channel)
);

create table notification_settings (
  user_id uuid primary key,
  -- Local times; a start after the end spans midnight. Both or neither.
  quiet_start time,
  quiet_end time,
  digest text not null default 'WEEKLY' check (digest in ('NONE', 'DAILY', 'WEEKLY')),
  check ((quiet_start is null) = (quiet_end is null)),
  check (quiet_start <> quiet_end)
);

create table notification (
  id uuid primary key,
  user_id uuid not null,
  organization_id uuid,
  type text not null,
  title text not null check (length(title) between 1 and 300),
  body text not null check (length(body) <= 5000),
  link text check (length(link) <= 2000),
  data jsonb,
  sequence bigint not null,
  -- What it was made from. Together with person and type it exists once, however often that is heard.
  source text not null,
  read_at timestamptz,
  archived_at timestamptz,
  created_at timestamptz not null,
  unique (user_id, type, source)
);

create unique index notification_newest on notification (user_id, sequence desc, id desc);
create index notification_unread on notification (user_id) where read_at is null and archived_at is null;
create index notification_by_age on notification (created_at);

-- One attempt history per notification and channel. Mail to somebody without an account has no notification.
create table notification_delivery (
  id uuid primary key,
  -- Checked at the commit: the two are written together, in any order.
  notification_id uuid references notification (id) on delete cascade deferrable initially deferred,
  -- Once per cause and channel, also where there is no notification.
  source text not null,
  user_id uuid,
  organization_id uuid,
  type text not null,
  channel text not null check (channel in ('IN_APP', 'EMAIL', 'WEB_PUSH')),
  status text not null check (status in ('QUEUED', 'SENDING', 'SENT', 'FAILED', 'BOUNCED', 'SUPPRESSED')),
  attempts smallint not null default 0 check (attempts >= 0),
  -- Why the last attempt failed or none was made. In our words: a server's answer may quote what was in the message.
  error text,
  -- What the message is made of when it is sent. Emptied once it has arrived.
  content jsonb,
  -- A one-time token, sealed. Opened only to write the message, and forgotten once that has arrived or it has expired.
  sealed_token text,
  -- Web push: the subscriptions that already have it, so that a second attempt leaves them in peace.
  reached uuid[] not null default '{}',
  created_at timestamptz not null,
  -- Not before; later than created_at when quiet hours held it back.
  due_at timestamptz not null,
  claimed_at timestamptz,
  finished_at timestamptz,
  -- After this it is of no use any more, like a link whose token has expired.
  expires_at timestamptz,
  unique (source, channel),
  check ((finished_at is null) = (status in ('QUEUED', 'SENDING'))),
  check (status <> 'SENDING' or claimed_at is not null),
  check (sealed_token is null or status in ('QUEUED', 'SENDING', 'FAILED'))
);

create index notification_delivery_by_notification on notification_delivery (notification_id);
create index notification_delivery_by_user on notification_delivery (user_id);
create index notification_delivery_newest on notification_delivery (created_at desc, id desc);

create table notification_template (
  id uuid primary key,
  -- Null: the platform's own.
  organization_id uuid,
  type text not null,
  channel text not null check (channel in ('IN_APP', 'EMAIL', 'WEB_PUSH')),
  locale text not null check (locale ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
  subject text not null check (length(subject) between 1 and 300),
  text text not null check (length(text) between 1 and 20000),
  html text check (length(html) between 1 and 50000),
  -- False for a built-in one as it was delivered, which the next version of the product may replace.
  customised boolean not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((html is not null) = (channel = 'EMAIL')),
  -- PostgreSQL 15 and later: two platform templates of one kind are duplicates too.
  unique nulls not distinct (organization_id, type, channel, locale)
);

create table push_subscription (
  id uuid primary key,
  user_id uuid not null,
  endpoint text not null unique check (length(endpoint) <= 2000),
  p256dh text not null,
  auth text not null,
  user_agent text,
  created_at timestamptz not null
);

create index push_subscription_by_user on push_subscription (user_id, created_at);

-- The key pair that push services know us by. One row; the private key is sealed.
create table vapid_key (
  id smallint primary key default 1 check (id = 1),
  public_key text not null,
  sealed_private_key text not null,
  created_at timestamptz not null
);

-- The development mailbox: what would have been sent, had a mail server been configured.
create table email_message (
  id uuid primary key,
  -- Also the guard against sending twice.
  message_id text not null unique,
  recipient text not null,
  subject text not null,
  text text not null,
  html text not null,
  sent_at timestamptz not null
);

create index email_message_newest on email_message (sent_at desc, id desc);
create index email_message_by_recipient on email_message (recipient, sent_at desc, id desc);

create table broadcast (
  id uuid primary key,
  -- Null: to everybody on the platform.
  organization_id uuid,
  created_by uuid not null,
  audience text not null check (audience in ('ALL', 'ORGANIZATION', 'ROLE')),
  role text,
  title text not null check (length(title) between 1 and 200),
  body text not null check (length(body) between 1 and 4000),
  link text,
  state text not null check (state in ('PENDING', 'RUNNING', 'FINISHED', 'CANCELLED')),
  total_count integer not null check (total_count >= 0),
  notified_count integer not null default 0 check (notified_count >= 0),
  skipped_count integer not null default 0 check (skipped_count >= 0),
  -- Recipients up to this one are done; they are taken in the order of their ids.
  last_user_id uuid,
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  check ((audience = 'ALL') = (organization_id is null)),
  check ((audience = 'ROLE') = (role is not null)),
  check ((state = 'PENDING') = (started_at is null) or state = 'CANCELLED'),
  check ((ended_at is not null) = (state in ('FINISHED', 'CANCELLED')))
);

create index broadcast_newest on broadcast (created_at desc, id desc);
create index broadcast_by_organization on broadcast (organization_id, created_at desc, id desc);

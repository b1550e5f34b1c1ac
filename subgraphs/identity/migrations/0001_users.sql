-- People.
--
-- No row-level security on this table: no organization owns a person, and whoever is signed in may see the name and the
-- picture of anybody they meet in the graph. What is private (e-mail, status, …) is kept back field by field, and
-- whatever proves who somebody is lies in tables of its own, which are closed.
create table user_account (
  id uuid primary key,
  -- Lower case, so that one address cannot be registered twice.
  email text check (email = lower(email) and length(email) between 3 and 254),
  email_verified_at timestamptz,
  name text not null check (length(name) between 1 and 100),
  avatar_url text check (length(avatar_url) <= 2048),
  locale text not null check (length(locale) between 2 and 35),
  time_zone text not null check (length(time_zone) between 1 and 64),
  persona text not null check (persona in ('CUSTOMER', 'SHOP_OWNER', 'VENDOR', 'BUILDER', 'END_USER', 'SALES')),
  platform_role text not null check (platform_role in ('SUPER_ADMIN', 'SUPPORT', 'MEMBER')),
  status text not null check (status in ('PENDING', 'ACTIVE', 'SUSPENDED', 'DELETED')),
  suspension_reason text check (length(suspension_reason) between 1 and 500),
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  check ((status = 'DELETED') = (deleted_at is not null)),
  -- Who is deleted is anonymous, and their address is free again.
  check ((status = 'DELETED') = (email is null)),
  check ((status = 'SUSPENDED') = (suspension_reason is not null)),
  check (status = 'DELETED' or (status = 'PENDING') = (email_verified_at is null))
);

create unique index user_account_by_email on user_account (email);
-- For the lists of support, newest first.
create index user_account_by_creation on user_account (created_at, id);

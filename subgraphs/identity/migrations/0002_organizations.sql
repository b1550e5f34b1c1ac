-- Organizations, who belongs to them, and what a role allows.

create table organization (
  id uuid primary key,
  name text not null check (length(name) between 1 and 100),
  -- The user whose personal organization this is; null for one that is shared.
  personal_to uuid unique references user_account (id),
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz
);

-- Reference tables without row-level security: they say the same to everybody, and only a super admin changes them.
create table role (
  name text primary key check (name ~ '^[A-Z][A-Z_]{1,49}$'),
  scope text not null check (scope in ('PLATFORM', 'ORGANIZATION')),
  description text not null
);

create table permission (
  -- `domain:action`
  name text primary key check (name ~ '^[a-z_]+:[a-z_.]+$'),
  description text not null
);

create table role_permission (
  role text not null references role (name),
  permission text not null references permission (name),
  primary key (role, permission)
);

create table membership (
  id uuid primary key,
  organization_id uuid not null references organization (id),
  user_id uuid not null references user_account (id),
  role text not null check (role in ('OWNER', 'ADMIN', 'MANAGER', 'AGENT', 'VIEWER')) references role (name),
  created_at timestamptz not null,
  unique (organization_id, user_id)
);

create index membership_by_user on membership (user_id);

alter table membership enable row level security;
alter table organization enable row level security;

-- Mine, and those of the organization I am acting for.
create policy membership_scope on membership using (
  current_setting('supergraph.system', true) = 'on'
  or user_id::text = current_setting('supergraph.user_id', true)
  or organization_id::text = current_setting('supergraph.organization_id', true)
);

create policy organization_scope on organization using (
  current_setting('supergraph.system', true) = 'on'
  or id::text = current_setting('supergraph.organization_id', true)
  or exists (
    select from membership
    where membership.organization_id = organization.id
      and membership.user_id::text = current_setting('supergraph.user_id', true)
  )
);

insert into role (name, scope, description) values
  ('SUPER_ADMIN', 'PLATFORM', 'Runs the platform.'),
  ('SUPPORT', 'PLATFORM', 'Helps users: sees their accounts and works in their name.'),
  ('MEMBER', 'PLATFORM', 'Everybody else.'),
  ('OWNER', 'ORGANIZATION', 'Answers for the organization; there is always at least one.'),
  ('ADMIN', 'ORGANIZATION', 'Runs the organization, but cannot give it away.'),
  ('MANAGER', 'ORGANIZATION', 'Leads the daily work.'),
  ('AGENT', 'ORGANIZATION', 'Works with customers: sales representative or operator.'),
  ('VIEWER', 'ORGANIZATION', 'Sees and changes nothing.');

alter table user_account add foreign key (platform_role) references role (name);

insert into permission (name, description) values
  ('identity:users.read', 'Search all users and see their accounts.'),
  ('identity:users.write', 'Suspend, activate and change all users.'),
  ('identity:users.impersonate', 'Work in the name of another user.'),
  ('identity:roles.write', 'Change what a role allows.'),
  ('identity:plans.write', 'Change plans and who is on which.'),
  ('identity:organization.write', 'Change the settings of the organization.'),
  ('identity:members.read', 'See who belongs to the organization.'),
  ('identity:members.write', 'Invite and remove members and change their roles.'),
  ('identity:api_keys.write', 'Make and revoke API keys of the organization.'),
  ('messaging:read', 'Read conversations and campaigns.'),
  ('messaging:write', 'Write messages and run campaigns.'),
  ('messaging:notify', 'Send a notification to a user.'),
  ('messaging:broadcast', 'Send a notification to many users at once.'),
  ('messaging:templates.write', 'Change the templates of notifications.'),
  ('messaging:mailbox.read', 'Read the mails of the development mailbox.'),
  ('crm:read', 'Read companies, contacts and opportunities.'),
  ('crm:write', 'Change companies, contacts and opportunities.'),
  ('commerce:read', 'Read orders and stock of the organization''s shops.'),
  ('commerce:write', 'Change products, stock and orders.'),
  ('commerce:refund', 'Give money back.'),
  ('orders:read', 'Read service orders and calls.'),
  ('orders:write', 'Change service orders and calls.'),
  ('projects:read', 'Read projects and listings of the organization.'),
  ('projects:write', 'Change projects and listings.'),
  ('projects:review', 'Approve, reject and hold listings.'),
  ('platform:audit.read', 'Read the audit trail.'),
  ('platform:configuration.write', 'Change configuration and feature flags.'),
  ('platform:metrics.read', 'Read the figures of the whole platform.'),
  ('platform:operate', 'Read, retry and discard what could not be delivered.');

insert into role_permission (role, permission) select 'SUPER_ADMIN', name from permission;

insert into role_permission (role, permission)
select 'SUPPORT', name from permission
where name in ('identity:users.read', 'identity:users.impersonate', 'messaging:notify', 'platform:audit.read');

insert into role_permission (role, permission)
select role.name, permission.name
from permission
cross join (values ('OWNER'), ('ADMIN')) as role (name)
where permission.name in (
  'identity:organization.write', 'identity:members.read', 'identity:members.write', 'identity:api_keys.write',
  'messaging:read', 'messaging:write', 'messaging:notify', 'crm:read', 'crm:write', 'commerce:read', 'commerce:write',
  'commerce:refund', 'orders:read', 'orders:write', 'projects:read', 'projects:write'
);

insert into role_permission (role, permission)
select 'MANAGER', name from permission
where name in (
  'identity:members.read', 'messaging:read', 'messaging:write', 'messaging:notify', 'crm:read', 'crm:write',
  'commerce:read', 'commerce:write', 'commerce:refund', 'orders:read', 'orders:write', 'projects:read', 'projects:write'
);

insert into role_permission (role, permission)
select 'AGENT', name from permission
where name in (
  'identity:members.read', 'messaging:read', 'messaging:write', 'crm:read', 'crm:write', 'commerce:read',
  'commerce:write', 'orders:read', 'orders:write', 'projects:read'
);

insert into role_permission (role, permission)
select 'VIEWER', name from permission
where name in ('identity:members.read', 'messaging:read', 'crm:read', 'commerce:read', 'orders:read', 'projects:read');

create table shelf (
  id uuid primary key,
  organization_id uuid not null,
  name text not null check (length(name) between 1 and 100)
);

create table book (
  id uuid primary key,
  shelf_id uuid not null references shelf (id),
  title text not null unique,
  borrowed_by uuid
);

alter table shelf enable row level security;

create policy shelf_of_the_organization on shelf using (
  current_setting('supergraph.system', true) = 'on'
  or organization_id::text = current_setting('supergraph.organization_id', true)
);

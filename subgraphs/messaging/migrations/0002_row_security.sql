create function is_system() returns boolean language sql stable as $$
  select current_setting('supergraph.system', true) = 'on'
$$;

create function current_user_id() returns uuid language sql stable as $$
  select nullif(current_setting('supergraph.user_id', true), '')::uuid
$$;

create function current_organization_id() returns uuid language sql stable as $$
  select nullif(current_setting('supergraph.organization_id', true), '')::uuid
$$;

alter table recipient enable row level security;
create policy own on recipient using (user_id = current_user_id() or is_system());

alter table recipient_organization enable row level security;
create policy own on recipient_organization using (user_id = current_user_id() or is_system());

alter table notification_preference enable row level security;
create policy own on notification_preference using (user_id = current_user_id() or is_system());

alter table notification_settings enable row level security;
create policy own on notification_settings using (user_id = current_user_id() or is_system());

alter table notification enable row level security;
create policy own on notification using (user_id = current_user_id() or is_system());

alter table notification_delivery enable row level security;
create policy own on notification_delivery using (user_id = current_user_id() or is_system());

alter table push_subscription enable row level security;
create policy own on push_subscription using (user_id = current_user_id() or is_system());

-- The platform's templates are read by everybody who may edit templates, and written by the system for those who may.
alter table notification_template enable row level security;
create policy readable on notification_template for select
  using (organization_id is null or organization_id = current_organization_id() or is_system());
create policy own_inserted on notification_template for insert
  with check (organization_id = current_organization_id() or is_system());
create policy own_updated on notification_template for update
  using (organization_id = current_organization_id() or is_system());
create policy own_deleted on notification_template for delete
  using (organization_id = current_organization_id() or is_system());

alter table broadcast enable row level security;
create policy own on broadcast using (organization_id = current_organization_id() or is_system());

-- Nobody's rows: only the system touches keys and other people's mail.
alter table vapid_key enable row level security;
create policy system on vapid_key using (is_system());

alter table email_message enable row level security;
create policy system on email_message using (is_system());

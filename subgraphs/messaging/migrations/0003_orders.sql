-- What a notification is about, where that is a thing of commerce: a reference that its reader follows as themselves.
alter table notification
  add column subject_type text check (subject_type in ('ORDER', 'SHOP_ORDER', 'SHOP', 'PRODUCT')),
  add column subject_id uuid,
  add constraint notification_subject_whole check ((subject_type is null) = (subject_id is null));

-- Whom to tell of an order, and by which number they know it: events about its money say neither.
create table order_buyer (
  order_id uuid primary key,
  number text not null,
  -- Null for a guest's; whoever has an account is reached as they chose there.
  user_id uuid,
  email text,
  placed_at timestamptz not null,
  check ((user_id is null) <> (email is null))
);

create index order_buyer_by_user on order_buyer (user_id);
create index order_buyer_oldest on order_buyer (placed_at);

alter table order_buyer enable row level security;
create policy system on order_buyer using (is_system());

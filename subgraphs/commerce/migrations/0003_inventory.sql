-- Inventory: how much there is of each variant, how it came to be that much, and what of it is promised to buyers.
--
-- Whoever changes any of it locks the levels first, in the order of their variants.

create table stock_level (
  id uuid primary key,
  variant_id uuid not null unique references product_variant (id),
  shop_id uuid not null references shop (id),
  organization_id uuid not null,
  on_hand integer not null default 0 check (on_hand between 0 and 1000000000),
  -- What is held of it for buyers: the sum of the reservations that are `HELD`.
  reserved integer not null default 0 check (reserved between 0 and on_hand),
  available integer not null generated always as (on_hand - reserved) stored,
  low_stock_threshold integer not null default 0 check (low_stock_threshold between 0 and 1000000),
  low boolean not null generated always as (on_hand - reserved <= low_stock_threshold) stored,
  -- The movement that led to `on_hand`; null before the first.
  last_sequence integer,
  -- Counts changes of `on_hand` and of the threshold. Reservations do not count: nobody who counts shelves sees them.
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (last_sequence is not null or on_hand = 0)
);

create index stock_level_by_shop on stock_level (shop_id, id);
create index stock_level_low on stock_level (shop_id, id) where low;
-- To find what begins with some characters, in lower case or not.
create index product_variant_by_sku on product_variant (shop_id, lower(sku) text_pattern_ops);

-- What came and went, for good. The movements of a variant are a chain: each begins with what the one before it left, and
-- the level points to the last. So what is on hand is the sum of all movements, or nothing is committed.
create table stock_movement (
  id uuid primary key,
  -- By way of the level, which whoever writes this has locked: the row of the variant, or of the shop, would have to be
  -- locked out of turn.
  variant_id uuid not null references stock_level (variant_id),
  shop_id uuid not null,
  organization_id uuid not null,
  sequence integer not null check (sequence >= 1),
  previous_sequence integer generated always as (nullif(sequence - 1, 0)) stored,
  quantity integer not null check (quantity <> 0),
  on_hand_before integer not null check (on_hand_before >= 0),
  on_hand_after integer not null check (on_hand_after >= 0),
  reason text not null check (reason in ('RECEIVED', 'SOLD', 'RETURNED', 'CORRECTED', 'DAMAGED')),
  note text check (length(note) between 1 and 500),
  -- Who of the shop did it; null for what buyers cause.
  actor_id uuid,
  -- What caused it, such as a line of an order, which moves a variant once.
  cause text check (length(cause) between 1 and 200),
  created_at timestamptz not null,
  check (on_hand_after = on_hand_before + quantity),
  check (sequence > 1 or on_hand_before = 0),
  check (quantity > 0 or reason not in ('RECEIVED', 'RETURNED')),
  check (quantity < 0 or reason not in ('SOLD', 'DAMAGED')),
  unique (variant_id, sequence),
  unique (variant_id, sequence, on_hand_after),
  unique (variant_id, cause),
  foreign key (variant_id, previous_sequence, on_hand_before)
    references stock_movement (variant_id, sequence, on_hand_after)
);

alter table stock_level add foreign key (variant_id, last_sequence, on_hand)
  references stock_movement (variant_id, sequence, on_hand_after);

-- Not by a privilege: whoever migrates gives a subgraph's role all of them, on each of its tables.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'Rows of % are never changed.', tg_table_name using errcode = 'insufficient_privilege';
end
$$;

-- For each statement, so that one whose rows a policy hides is refused as well.
create trigger append_only before update or delete or truncate on stock_movement
  for each statement execute function refuse_change();

create table stock_reservation (
  id uuid primary key,
  variant_id uuid not null references stock_level (variant_id),
  shop_id uuid not null,
  organization_id uuid not null,
  -- For whom.
  owner_kind text not null check (owner_kind in ('CART', 'ORDER')),
  owner_id uuid not null,
  -- Which time it was that this owner reserved: what it reserved last is what counts.
  hold integer not null check (hold >= 1),
  quantity integer not null check (quantity > 0),
  state text not null check (state in ('HELD', 'COMMITTED', 'RELEASED', 'EXPIRED')),
  expires_at timestamptz not null,
  created_at timestamptz not null,
  settled_at timestamptz,
  check ((state = 'HELD') = (settled_at is null)),
  unique (owner_kind, owner_id, hold, variant_id)
);

create unique index stock_reservation_held on stock_reservation (owner_kind, owner_id, variant_id) where state = 'HELD';
create index stock_reservation_due on stock_reservation (expires_at) where state = 'HELD';
create index stock_reservation_old on stock_reservation (settled_at) where state in ('RELEASED', 'EXPIRED');
create index stock_reservation_by_variant on stock_reservation (variant_id, state, created_at desc, id desc);

-- For the shop's own people. Buyers are told in rough terms only, and reserve through the system.
alter table stock_level enable row level security;
create policy own on stock_level using (organization_id = current_organization_id() or is_system());
alter table stock_movement enable row level security;
create policy own on stock_movement using (organization_id = current_organization_id() or is_system());
alter table stock_reservation enable row level security;
create policy own on stock_reservation using (organization_id = current_organization_id() or is_system());

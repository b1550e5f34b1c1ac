-- Carts and promotions: what somebody is about to buy, and for how much less.

create table promotion (
  id uuid primary key,
  -- Null: of the platform, for everything in a cart.
  shop_id uuid references shop (id),
  organization_id uuid,
  -- As buyers type it, in capital letters. Never given again, so that an old code does not come back to life as another.
  code text not null unique check (code ~ '^[A-Z0-9-]{3,40}$'),
  description text not null check (length(description) between 1 and 200),
  -- Either a part of the price in hundredths of a percent, or an amount in minor units.
  rate integer check (rate between 1 and 10000),
  amount bigint check (amount between 1 and 9007199254740991),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- What has to be paid before it for it to count, in minor units.
  minimum bigint not null check (minimum >= 0),
  starts_at timestamptz not null,
  ends_at timestamptz,
  usage_limit integer check (usage_limit > 0),
  used_count integer not null default 0 check (used_count >= 0),
  version integer not null default 1,
  created_by uuid not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((rate is null) <> (amount is null)),
  check ((shop_id is null) = (organization_id is null)),
  check (ends_at > starts_at),
  check (usage_limit is null or used_count <= usage_limit)
);

create index promotion_by_shop on promotion (shop_id, created_at desc, id desc);

create table cart (
  id uuid primary key,
  user_id uuid,
  -- Of a guest: whoever has the token has the cart.
  token_hash text unique,
  -- Of whatever is in it; null while it is empty.
  currency text check (currency ~ '^[A-Z]{3}$'),
  state text not null check (state in ('ACTIVE', 'MERGED', 'ORDERED')),
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- When it was told that nobody came back to it.
  abandoned_at timestamptz,
  check ((user_id is null) <> (token_hash is null))
);

-- One that is being filled for each person, however many tabs they fill it from.
create unique index cart_of_user on cart (user_id) where state = 'ACTIVE';
create index cart_idle on cart (updated_at, id) where state = 'ACTIVE' and abandoned_at is null;
create index cart_of_guest_by_age on cart (updated_at, id) where token_hash is not null;

create table cart_item (
  id uuid primary key,
  cart_id uuid not null references cart (id) on delete cascade,
  variant_id uuid not null references product_variant (id),
  shop_id uuid not null references shop (id),
  quantity integer not null check (quantity between 1 and 999),
  -- What it cost when the buyer last agreed to it, in minor units of the cart's currency.
  agreed_price bigint not null check (agreed_price between 0 and 9007199254740991),
  added_at timestamptz not null,
  unique (cart_id, variant_id)
);

create table cart_promotion (
  cart_id uuid not null references cart (id) on delete cascade,
  promotion_id uuid not null references promotion (id),
  applied_at timestamptz not null,
  primary key (cart_id, promotion_id)
);

alter table promotion enable row level security;
create policy own on promotion using (organization_id = current_organization_id() or is_system());

alter table cart enable row level security;
create policy own on cart using (user_id = current_user_id() or is_system());

-- What is in a cart is only ever reached through it, by the system.
alter table cart_item enable row level security;
create policy system on cart_item using (is_system());
alter table cart_promotion enable row level security;
create policy system on cart_promotion using (is_system());

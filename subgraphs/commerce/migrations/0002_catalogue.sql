-- The catalogue: what shops sell. Whoever may see a product may see its variants and pictures.

create table category (
  id uuid primary key,
  parent_id uuid references category (id),
  name text not null check (length(name) between 1 and 100),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 2 and 60),
  -- The ids from the root to itself: everything below a category is what has it in its path.
  path uuid[] not null check (cardinality(path) between 1 and 6 and path[cardinality(path)] = id),
  position integer not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create index category_by_parent on category (parent_id, position, id);
create index category_by_path on category using gin (path);

-- Words as they are written, whatever accents they bear; `english` knows their stems besides.
create extension if not exists pg_trgm with schema extensions;
create extension if not exists unaccent with schema extensions;
create text search configuration catalogue (copy = simple);
alter text search configuration catalogue
  alter mapping for word, hword, hword_part with extensions.unaccent, simple;

-- What one text says to a search: a plural is found by its singular, and a word by its beginning. Marks between words are
-- taken away first, or the parser would read `blue/green` as a file and `3.5` as one word.
create function words_of(words text, weight "char") returns tsvector language sql immutable begin atomic
  select setweight(to_tsvector('catalogue', plain) || to_tsvector('english', plain), weight)
  from translate(words, '.,:;/\@_+-', '           ') as plain;
end;

-- Whether a text that was asked for is in a title, give or take some letters. As functions, because only their owner
-- gets at the schema of extensions.
create function resembles(asked text, title text) returns boolean language sql stable begin atomic
  select asked operator(extensions.<%) title;
end;
create function resemblance(asked text, title text) returns real language sql immutable begin atomic
  select extensions.word_similarity(asked, title);
end;

create table product (
  id uuid primary key,
  shop_id uuid not null references shop (id),
  organization_id uuid not null,
  category_id uuid references category (id),
  -- Of its category, or empty.
  category_path uuid[] not null default '{}',
  title text not null check (length(title) between 1 and 200),
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 1 and 100),
  description text not null check (length(description) <= 20000),
  brand text check (length(brand) between 1 and 100),
  -- Names and values for filters and facets, such as {"material": "oak"}.
  attributes jsonb not null default '{}' check (jsonb_typeof(attributes) = 'object'),
  status text not null check (status in ('DRAFT', 'ACTIVE', 'ARCHIVED')),
  -- Kept by whoever changes the state of the shop, in the same transaction, so that a search needs not look there.
  shop_open boolean not null,
  -- Whether everybody sees it.
  listed boolean not null generated always as (status = 'ACTIVE' and shop_open) stored,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- Of its variants that can be bought, in minor units; null while there are none.
  lowest_price bigint check (lowest_price >= 0),
  -- Kept by reviews and orders.
  rating_count integer not null default 0 check (rating_count >= 0),
  rating_sum integer not null default 0 check (rating_sum between rating_count and 5 * rating_count),
  sold_count integer not null default 0 check (sold_count >= 0),
  -- From 1 to 5; 0 while nobody has rated it.
  rating numeric(3, 2) not null
    generated always as (case rating_count when 0 then 0 else rating_sum::numeric / rating_count end) stored,
  -- To sort by: as if five people had given it a 3 before, so that one enthusiast does not outdo a hundred.
  standing numeric(6, 4) not null generated always as ((rating_sum + 15)::numeric / (rating_count + 5)) stored,
  search tsvector not null generated always as (
    words_of(title, 'A') || words_of(coalesce(brand, ''), 'B') || words_of(description, 'D')
  ) stored,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  published_at timestamptz,
  unique (shop_id, slug),
  check (status <> 'ACTIVE' or published_at is not null),
  -- What everybody sees can be bought.
  check (status <> 'ACTIVE' or lowest_price is not null)
);

-- Its people's lists.
create index product_by_shop on product (shop_id, created_at desc, id desc);
create index product_by_shop_status on product (shop_id, status, created_at desc, id desc);
create index product_by_category on product (category_id, sold_count desc, id desc);
create index product_by_category_path on product using gin (category_path);

-- The public search: an index for each way to sort, and for each filter that narrows. One GIN for the filters that go
-- together, because it answers for any of its columns. None has a list of pending entries, which every search would
-- have to read through.
create index listed_product_newest on product (published_at desc, id desc) where listed;
create index listed_product_best_selling on product (sold_count desc, id desc) where listed;
create index listed_product_standing on product (standing desc, id desc) where listed;
create index listed_product_price on product (currency, lowest_price, id) where listed;
create index listed_product_shop on product (shop_id, created_at desc, id desc) where listed;
create index listed_product_shop_price on product (shop_id, lowest_price, id) where listed;
create index listed_product_brand on product (brand, sold_count desc, id desc) where listed;
create index listed_product_rating on product (rating, sold_count desc, id desc) where listed;
create index listed_product_search on product
  using gin (search, category_path, attributes jsonb_path_ops) with (fastupdate = off) where listed;
create index listed_product_title on product
  using gin (title extensions.gin_trgm_ops) with (fastupdate = off) where listed;

create table product_variant (
  id uuid primary key,
  product_id uuid not null references product (id),
  shop_id uuid not null references shop (id),
  organization_id uuid not null,
  sku text not null check (length(sku) between 1 and 60),
  title text not null check (length(title) between 1 and 200),
  -- What tells it from its siblings, such as {"size": "M"}.
  options jsonb not null default '{}' check (jsonb_typeof(options) = 'object'),
  -- In minor units of the shop's currency.
  price bigint not null check (price between 0 and 9007199254740991),
  compare_at_price bigint check (compare_at_price > price),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- An inactive one cannot be bought, and stays because orders name it.
  active boolean not null,
  position integer not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (shop_id, sku)
);

create index product_variant_by_shop on product_variant (shop_id, id);
create index product_variant_by_product on product_variant (product_id, position, id);

create table product_image (
  id uuid primary key,
  product_id uuid not null references product (id) on delete cascade,
  organization_id uuid not null,
  url text not null check (length(url) <= 2000),
  alternative_text text not null check (length(alternative_text) <= 300),
  position integer not null,
  unique (product_id, position) deferrable initially deferred
);

alter table product enable row level security;
create policy readable on product for select
  using (listed or organization_id = current_organization_id() or is_system());
create policy own_inserted on product for insert with check (organization_id = current_organization_id() or is_system());
create policy own_updated on product for update using (organization_id = current_organization_id() or is_system());

-- What everybody sees, and all that the public search looks at. The view reads in its owner's name: a policy would have the
-- database look at each row before it may use an index for a text, which is to read them all.
create view listed_product as
  select id, shop_id, organization_id, category_id, category_path, title, slug, description, brand, attributes, status,
    shop_open, listed, currency, lowest_price, rating_count, rating_sum, sold_count, version, created_at, updated_at,
    published_at, rating, standing, search
  from product where listed;

-- And so nothing may be written through it.
create function refuse_to_write() returns trigger language plpgsql as $$
begin
  raise exception '% can only be read', tg_table_name;
end
$$;
create trigger read_only instead of insert or update or delete on listed_product
  for each row execute function refuse_to_write();

-- Always read together with their product, whose policy says who may.
alter table product_variant enable row level security;
create policy readable on product_variant for select using (
  organization_id = current_organization_id() or is_system()
  or exists (select from product where product.id = product_id and product.listed)
);
create policy own_inserted on product_variant for insert
  with check (organization_id = current_organization_id() or is_system());
create policy own_updated on product_variant for update
  using (organization_id = current_organization_id() or is_system());

alter table product_image enable row level security;
create policy readable on product_image for select using (
  organization_id = current_organization_id() or is_system()
  or exists (select from product where product.id = product_id and product.listed)
);
create policy own on product_image using (organization_id = current_organization_id() or is_system());

-- Everybody sees the tree; staff changes it, as the system.
alter table category enable row level security;
create policy readable on category for select using (true);
create policy system on category using (is_system());

-- Products taken over from a text, one line at a time. The text is forgotten when all is done.
create table product_import (
  id uuid primary key,
  shop_id uuid not null references shop (id),
  organization_id uuid not null,
  requested_by uuid not null,
  state text not null check (state in ('PENDING', 'RUNNING', 'FINISHED', 'CANCELLED')),
  csv text not null check (length(csv) <= 900000),
  line_count integer not null check (line_count > 0),
  done_count integer not null default 0 check (done_count between 0 and line_count),
  created_count integer not null default 0,
  updated_count integer not null default 0,
  failed_count integer not null default 0,
  -- What was wrong, as [{"line": 2, "message": "…"}].
  problems jsonb not null default '[]' check (jsonb_typeof(problems) = 'array'),
  created_at timestamptz not null,
  ended_at timestamptz,
  check (created_count + updated_count + failed_count <= done_count),
  check ((state in ('FINISHED', 'CANCELLED')) = (ended_at is not null)),
  check (ended_at is null or csv = ''),
  check (state <> 'FINISHED' or done_count = line_count)
);

-- One at a time: two would overtake each other.
create unique index product_import_unfinished on product_import (shop_id) where ended_at is null;
create index product_import_by_shop on product_import (shop_id, created_at desc, id desc);

alter table product_import enable row level security;
create policy own on product_import using (organization_id = current_organization_id() or is_system());

-- Reviews: what those who bought a product say of it, and what they found helpful. What counts of them is kept on the
-- product, by whoever changes a review and in the same transaction.
--
-- Only the system writes: a use-case checks its policy first.

-- How many gave it 1, 2, 3, 4 and 5 stars.
alter table product add column rating_stars integer[] not null default '{0,0,0,0,0}';
alter table product add check (
  cardinality(rating_stars) = 5 and 0 <= all (rating_stars) and array_position(rating_stars, null) is null
  and rating_count = rating_stars[1] + rating_stars[2] + rating_stars[3] + rating_stars[4] + rating_stars[5]
  and rating_sum = rating_stars[1] + 2 * rating_stars[2] + 3 * rating_stars[3] + 4 * rating_stars[4] + 5 * rating_stars[5]
);

create or replace view listed_product as
  select id, shop_id, organization_id, category_id, category_path, title, slug, description, brand, attributes, status,
    shop_open, listed, currency, lowest_price, rating_count, rating_sum, sold_count, version, created_at, updated_at,
    published_at, rating, standing, search, rating_stars
  from product where listed;

-- What a shop is rated is what its products are.
create index rated_product_by_shop on product (shop_id) include (rating_count, rating_sum) where rating_count > 0;

-- Whether somebody bought it.
create index order_item_by_buyer on order_item (user_id, product_id) where user_id is not null;

create table review (
  id uuid primary key,
  product_id uuid not null references product (id),
  shop_id uuid not null references shop (id),
  -- The shop's.
  organization_id uuid not null,
  -- Null once the account is deleted: what was said stays, and nobody has said it.
  user_id uuid,
  -- As the author wants to be called here.
  author_name text check (length(author_name) between 1 and 60),
  rating integer not null check (rating between 1 and 5),
  title text check (length(title) between 1 and 120),
  body text check (length(body) between 1 and 5000),
  -- What the shop says to it.
  reply text check (length(reply) between 1 and 2000),
  replied_at timestamptz,
  replied_by uuid,
  -- Why staff took it out of sight. A hidden one does not count.
  hidden_reason text check (length(hidden_reason) between 1 and 500),
  hidden_at timestamptz,
  hidden_by uuid,
  helpful_count integer not null default 0 check (helpful_count >= 0),
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (product_id, user_id),
  check (user_id is not null or author_name is null),
  check ((reply is null) = (replied_at is null)),
  check ((reply is null) = (replied_by is null)),
  check ((hidden_at is null) = (hidden_reason is null)),
  check ((hidden_at is null) = (hidden_by is null))
);

-- An index for each way to read what everybody sees of a product. That of the lowest serves the filter by stars as well.
create index review_newest on review (product_id, created_at desc, id desc) where hidden_at is null;
create index review_highest on review (product_id, rating desc, created_at desc, id desc) where hidden_at is null;
create index review_lowest on review (product_id, rating, created_at desc, id desc) where hidden_at is null;
create index review_most_helpful on review (product_id, helpful_count desc, created_at desc, id desc)
  where hidden_at is null;
create index review_hidden on review (product_id, created_at desc, id desc) where hidden_at is not null;
create index review_by_shop on review (shop_id, created_at desc, id desc) where hidden_at is null;
create index review_by_shop_and_rating on review (shop_id, rating, created_at desc, id desc) where hidden_at is null;
create index review_unanswered on review (shop_id, created_at desc, id desc) where hidden_at is null and reply is null;
create index review_by_user on review (user_id, created_at desc, id desc) where user_id is not null;

-- Who found it helpful: once each.
create table review_vote (
  review_id uuid not null references review (id) on delete cascade,
  user_id uuid not null,
  created_at timestamptz not null,
  primary key (review_id, user_id)
);

create index review_vote_by_user on review_vote (user_id);

-- Whoever sees a product sees its reviews, but for those that staff has hidden: of these only the author does.
alter table review enable row level security;
create policy readable on review for select using (
  user_id = current_user_id() or is_system()
  or hidden_at is null and (
    organization_id = current_organization_id()
    or exists (select from product where product.id = product_id and product.listed)
  )
);
create policy system on review using (is_system());

alter table review_vote enable row level security;
create policy own on review_vote for select using (user_id = current_user_id() or is_system());
create policy system on review_vote using (is_system());

/** Everything is dated from here, so that it is the same whenever it is made. */
const EPOCH = `timestamptz '2026-11-01 00:00:00+00'`;

/** A UUIDv7 of a time, a kind of thing and its number: the same each time. */
const idOf = (time: string, kind: string, n: string) =>
  `(lpad(to_hex((extract(epoch from ${time}) * 1000)::bigint), 12, '0') || '7${kind}8' || lpad(to_hex(${n}), 15, '0'))::uuid`;

const shopId = idOf(EPOCH, '001', 'shop');
const organizationId = idOf(EPOCH, '002', 'shop / 4');
const departmentId = idOf(EPOCH, '003', 'department');
const shelfId = idOf(EPOCH, '004', 'shelf');
const productId = idOf('made', '005', 'n');
const variantId = idOf('made', '006', 'n * 100 + place');

export const COUNT = `
select count(*)::int as count from commerce.product
where shop_id in (select id from commerce.shop where slug like 'scale-%')`;

/** $1 to $3: the number, currency and country of each shop. */
export const SHOPS = `
insert into commerce.shop (id, organization_id, owner_id, name, slug, description, currency, country, tax_rate,
  prices_include_tax, commission_rate, state, created_at, updated_at, opened_at)
select ${shopId}, ${organizationId}, ${organizationId}, 'Warehouse ' || shop, 'scale-' || shop, '', currency, country,
  1900, true, 1000, 'OPEN', ${EPOCH}, ${EPOCH}, ${EPOCH}
from unnest($1::int[], $2::text[], $3::text[]) as given (shop, currency, country)
on conflict do nothing`;

/** $1: departments; $2 and $3: each shelf's place of its department from 1 on, and its name. */
export const SHELVES = `
with departments as (
  insert into commerce.category (id, name, slug, path, position, created_at, updated_at)
  select ${departmentId}, name, 'scale-' || lower(name), array[${departmentId}], department, ${EPOCH}, ${EPOCH}
  from unnest($1::text[]) with ordinality as given (name, department)
  on conflict do nothing
)
insert into commerce.category (id, parent_id, name, slug, path, position, created_at, updated_at)
select ${shelfId}, ${departmentId}, name, 'scale-' || lower(name), array[${departmentId}, ${shelfId}], shelf, ${EPOCH}, ${EPOCH}
from unnest($2::int[], $3::text[]) with ordinality as given (department, name, shelf)
on conflict do nothing`;

/** $1: texts that have all words between them. */
export const WORDS = `
insert into commerce.catalogue_word
select distinct lexeme from unnest($1::text[]) as chunk, unnest(commerce.words_of(chunk, 'A'))
on conflict do nothing`;

/** Each column of products as an array: see `columnsOf`. All that belongs to a product comes with it. */
export const PRODUCTS = `
with given as materialized (
  select *, ${shopId} as shop_id, ${organizationId} as organization_id, ${EPOCH} - minutes_old * interval '1 minute' as made,
    array[${departmentId}, ${shelfId}] as path, prices::bigint[] as price, stocks::int[] as stock,
    given_stars::int[] as stars
  from unnest($1::int[], $2::int[], $3::text[], $4::int[], $5::int[], $6::text[], $7::text[], $8::text[], $9::jsonb[],
    $10::text[], $11::text[], $12::text[], $13::text[], $14::int[], $15::int[]
  ) as given (n, shop, currency, department, shelf, title, description, brand, attributes, prices, stocks, status,
    given_stars, sold, minutes_old)
), products as (
  insert into commerce.product (id, shop_id, organization_id, category_id, category_path, title, slug, description, brand,
    attributes, status, shop_open, currency, lowest_price, rating_count, rating_sum, rating_stars,
    sold_count, created_at, updated_at, published_at)
  select ${productId}, shop_id, organization_id, ${shelfId}, path, title, 'product-' || n, description, brand, attributes,
    status, true, currency, (select min(one) from unnest(price) as one), (select sum(one) from unnest(stars) as one),
    (select sum(one * star) from unnest(stars) with ordinality as rated (one, star)), stars, sold, made, made,
    case status when 'DRAFT' then null else made end
  from given
), kinds as materialized (
  select given.*, place, ${productId} as product_id, ${variantId} as variant_id, price[place] as cost, stock[place] as there
  from given, generate_series(1, cardinality(price)) as place
), variants as (
  insert into commerce.product_variant (id, product_id, shop_id, organization_id, sku, title, options, price, currency,
    active, position, created_at, updated_at)
  select variant_id, product_id, shop_id, organization_id, 'S-' || n || '-' || place, 'Variant ' || place,
    jsonb_build_object('variant', place::text), cost, currency, true, place, made, made
  from kinds
), levels as (
  insert into commerce.stock_level (id, variant_id, shop_id, organization_id, on_hand, low_stock_threshold, last_sequence,
    created_at, updated_at)
  select ${idOf('made', '007', 'n * 100 + place')}, variant_id, shop_id, organization_id, there, 5,
    case when there > 0 then 1 end, made, made
  from kinds
)
insert into commerce.stock_movement (id, variant_id, shop_id, organization_id, sequence, quantity, on_hand_before,
  on_hand_after, reason, created_at)
select ${idOf('made', '008', 'n * 100 + place')}, variant_id, shop_id, organization_id, 1, there, 0, there, 'RECEIVED', made
from kinds where there > 0`;

-- The public search at a million products: what it costs follows what it shows, not what there is.
--
-- Two things made it follow the size of the catalogue. An index of words knows no order, so the best selling of 100,000
-- products with a word had to be picked out of all of them; and titles that are written alike were looked for among all
-- titles. See decision 17.

-- The same words as before, without a query in it: three of them are read for each product that is written.
create or replace function words_of(words text, weight "char") returns tsvector language sql immutable begin atomic
  select setweight(
    to_tsvector('catalogue', translate(words, '.,:;/\@_+-', '           '))
      || to_tsvector('english', translate(words, '.,:;/\@_+-', '           ')),
    weight
  );
end;

-- Every order of the search is divided into steps, each of them a range of what is sorted by. Whoever looks for the first
-- rows of an order goes from step to step, and needs to read and to sort no more than the last one. A row that comes
-- before another is never in a later step: only whole numbers and dates decide, nothing that is rounded.
create function sold_step(sold integer) returns integer language sql immutable strict parallel safe begin atomic
  select width_bucket(sold, array[
    1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768,
    65536, 131072, 262144, 524288, 1048576, 2097152, 4194304, 8388608]);
end;
create function price_step(price bigint) returns integer language sql immutable strict parallel safe begin atomic
  select width_bucket(price, array[
    1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096, 6144,
    8192, 12288, 16384, 24576, 32768, 49152, 65536, 98304, 131072, 196608, 262144, 393216, 524288, 786432, 1048576,
    1572864, 2097152, 3145728, 4194304, 6291456, 8388608, 12582912, 16777216, 25165824, 33554432, 50331648,
    67108864, 100663296, 134217728, 201326592, 268435456, 402653184, 536870912, 805306368, 1073741824, 1610612736,
    2147483648, 3221225472, 4294967296, 6442450944, 8589934592, 12884901888, 17179869184, 25769803776, 34359738368,
    51539607552, 68719476736, 103079215104, 137438953472, 206158430208, 274877906944, 412316860416, 549755813888,
    824633720832, 1099511627776
  ]::bigint[]);
end;
create function standing_step(standing numeric) returns integer language sql immutable strict parallel safe begin atomic
  select floor(standing * 20)::integer;
end;
create function published_step(published timestamptz) returns integer language sql immutable strict parallel safe
begin atomic
  select extract(year from published at time zone 'UTC')::integer * 12
    + extract(month from published at time zone 'UTC')::integer;
end;

-- Says where a name ends, so that no other name with another value looks the same.
create function attribute_mark(name text, value text) returns text language sql immutable strict parallel safe
begin atomic
  select 'has ' || length(name) || ' ' || name || '=' || value;
end;

-- All that a product is found by besides its words, in one list, so that one index answers for any of it together: an
-- index that has to be combined with others has to be read to the end first.
create function marks_of(
  shop_id uuid, category_path uuid[], brand text, currency text, attributes jsonb, lowest_price bigint,
  sold_count integer, standing numeric, rating numeric, published_at timestamptz
) returns text[] language sql immutable parallel safe cost 2000 begin atomic
  select array_remove(array[
      'sold ' || sold_step(sold_count), 'price ' || price_step(lowest_price), 'standing ' || standing_step(standing),
      'published ' || published_step(published_at), 'rated ' || floor(rating * 2)::integer, 'shop ' || shop_id,
      'currency ' || currency, 'brand ' || brand
    ], null)
    || array(select 'in ' || category from unnest(category_path) as category)
    || array(select attribute_mark(key, value) from jsonb_each_text(attributes));
end;

create or replace view listed_product as
  select id, shop_id, organization_id, category_id, category_path, title, slug, description, brand, attributes, status,
    shop_open, listed, currency, lowest_price, rating_count, rating_sum, sold_count, version, created_at, updated_at,
    published_at, rating, standing, search, rating_stars,
    marks_of(shop_id, category_path, brand, currency, attributes, lowest_price, sold_count, standing, rating, published_at)
      as marks
  from product where listed;

drop index listed_product_search;
drop index listed_product_title;
drop index listed_product_brand;
create index listed_product_search on product using gin (
  search,
  marks_of(shop_id, category_path, brand, currency, attributes, lowest_price, sold_count, standing, rating, published_at)
) with (fastupdate = off) where listed;
-- How much has which mark: whether to look at all that fits or to go by steps is decided by it.
create statistics product_marks on (
  marks_of(shop_id, category_path, brand, currency, attributes, lowest_price, sold_count, standing, rating, published_at)
) from product;

-- Every word of the catalogue once, to find what is written alike and what goes on as somebody has begun: there are far
-- fewer words than titles, and a catalogue that grows brings ever fewer new ones. A word stays when the last product with
-- it goes; then it leads to nothing.
create table catalogue_word (
  word text primary key
);
-- Letter by letter, whatever the language of the database: what begins alike stands together.
create index catalogue_word_beginning on catalogue_word (word collate "C");
-- Numbers are not guessed: what is alike in them means something else.
create index catalogue_word_alike on catalogue_word using gin (word extensions.gin_trgm_ops)
  with (fastupdate = off) where word !~ '[0-9]';

insert into catalogue_word select distinct lexeme from product, unnest(search);

-- At the end of the transaction and one transaction at a time, because two that add the same words the other way round
-- would wait for each other.
create function learn_words() returns trigger
language plpgsql security definer set search_path from current as $$
declare
  learnt text[] := array(
    select lexeme from unnest(new.search) where not exists (select from catalogue_word where word = lexeme)
  );
begin
  if cardinality(learnt) > 0 then
    perform pg_advisory_xact_lock(hashtext('commerce.catalogue_word'));
    insert into catalogue_word select unnest(learnt) on conflict do nothing;
  end if;
  return null;
end
$$;

create constraint trigger learn_words after insert or update of title, brand, description on product
  deferrable initially deferred for each row execute function learn_words();

-- The words of drafts are among them: nobody is told a word, only what is found by it.
alter table catalogue_word enable row level security;
create policy readable on catalogue_word for select using (true);

create table article (
  id uuid primary key,
  shelf_id uuid not null,
  title text not null,
  subtitle text,
  rating integer not null,
  published_at timestamptz not null,
  withdrawn boolean not null default false,
  version integer not null default 1
);

create index article_shelf on article (shelf_id, published_at desc, id desc);

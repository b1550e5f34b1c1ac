create table bill (
  id uuid primary key,
  subject text not null
);

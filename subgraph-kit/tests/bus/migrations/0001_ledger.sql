-- What handlers did, without any constraint that would hide a repetition.
create table ledger.effect (
  seq bigint generated always as identity primary key,
  handler text not null,
  subject text not null
);

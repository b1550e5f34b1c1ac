-- Payments, and the books that say whose the money is.
--
-- Only the system writes here: use-cases check their policies and elevate. Who reads is said by the rows: the payer, and
-- of what concerns a shop its organization.

create table payment (
  id uuid primary key,
  order_id uuid not null,
  -- Who pays; null for a guest.
  user_id uuid,
  state text not null check (state in (
    'CREATED', 'AUTHORIZED', 'CAPTURED', 'PARTIALLY_REFUNDED', 'REFUNDED', 'DECLINED', 'CANCELLED', 'FAILED')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount bigint not null check (amount between 1 and 9007199254740991),
  captured bigint not null default 0 check (captured >= 0),
  -- Given back, and asked to be given back.
  refunded bigint not null default 0 check (refunded >= 0),
  refund_pending bigint not null default 0 check (refund_pending >= 0),
  provider text not null check (provider in ('TEST', 'STRIPE')),
  provider_reference text check (length(provider_reference) between 1 and 255),
  -- The provider's token of a card or the like. Worth nothing to anybody else.
  method text not null check (length(method) between 1 and 255),
  -- What the buyer has to do first, such as an address to go to.
  next_action jsonb,
  failure_reason text check (length(failure_reason) <= 500),
  -- The step that the provider was, or is to be, asked for, and has not answered for good.
  pending text check (pending in ('AUTHORIZE', 'CAPTURE', 'VOID')),
  -- Until then somebody is talking to the provider. What is still here later was left by a process that died.
  claimed_until timestamptz,
  -- When to ask what became of it.
  ask_after timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  authorized_at timestamptz,
  captured_at timestamptz,
  unique (provider, provider_reference),
  check (captured <= amount),
  check (refunded + refund_pending <= captured),
  check ((pending is null) = (ask_after is null)),
  check (pending is not null or claimed_until is null),
  check ((state in ('CAPTURED', 'PARTIALLY_REFUNDED', 'REFUNDED')) = (captured > 0)),
  check (state <> 'REFUNDED' or refunded = captured),
  check (state <> 'PARTIALLY_REFUNDED' or (refunded > 0 and refunded < captured)),
  check (state <> 'CAPTURED' or refunded = 0),
  check (state not in ('AUTHORIZED', 'CAPTURED', 'PARTIALLY_REFUNDED', 'REFUNDED') or provider_reference is not null)
);

-- An order is paid once; after a payment that came to nothing there may be another.
create unique index payment_of_order on payment (order_id) where state not in ('DECLINED', 'CANCELLED', 'FAILED');
create index payment_by_order on payment (order_id);
create index payment_unsettled on payment (ask_after) where pending is not null;
create index payment_changed on payment (updated_at desc, id desc);

-- What of a payment is for which shop. All of a payment together are its amount: what is captured is posted by them, and
-- the ledger takes nothing that does not add up.
create table payment_share (
  id uuid primary key,
  payment_id uuid not null references payment (id),
  shop_id uuid not null references shop (id),
  organization_id uuid not null,
  user_id uuid,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- What the buyer pays for it, commission and tax within.
  amount bigint not null check (amount between 1 and 9007199254740991),
  commission bigint not null check (commission >= 0),
  tax bigint not null check (tax >= 0),
  -- Given back or asked to be given back, and how much commission and tax were within.
  refunded bigint not null default 0 check (refunded between 0 and amount),
  refunded_commission bigint not null default 0 check (refunded_commission between 0 and commission),
  refunded_tax bigint not null default 0 check (refunded_tax between 0 and tax),
  unique (payment_id, shop_id),
  check (commission + tax <= amount)
);

create index payment_share_by_organization on payment_share (organization_id, payment_id);

create table refund (
  id uuid primary key,
  payment_id uuid not null references payment (id),
  -- Null when it is of all shops, each by its share.
  shop_id uuid references shop (id),
  user_id uuid,
  requested_by uuid,
  idempotency_key text not null check (length(idempotency_key) between 1 and 128),
  amount bigint not null check (amount between 1 and 9007199254740991),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  reason text not null check (length(reason) between 1 and 500),
  state text not null check (state in ('PENDING', 'SUCCEEDED', 'FAILED')),
  provider_reference text check (length(provider_reference) between 1 and 255),
  failure_reason text check (length(failure_reason) <= 500),
  claimed_until timestamptz,
  ask_after timestamptz,
  created_at timestamptz not null,
  settled_at timestamptz,
  unique nulls not distinct (payment_id, shop_id, idempotency_key),
  check ((state = 'PENDING') = (settled_at is null)),
  check ((state = 'PENDING') = (ask_after is not null)),
  check (state <> 'SUCCEEDED' or provider_reference is not null)
);

create index refund_by_payment on refund (payment_id, created_at, id);
create index refund_unsettled on refund (ask_after) where state = 'PENDING';

create table refund_share (
  id uuid primary key,
  refund_id uuid not null references refund (id),
  shop_id uuid not null references shop (id),
  organization_id uuid not null,
  user_id uuid,
  amount bigint not null check (amount > 0),
  commission bigint not null check (commission >= 0),
  tax bigint not null check (tax >= 0),
  unique (refund_id, shop_id)
);

create index refund_share_by_organization on refund_share (organization_id, refund_id);

-- Whatever the code does, no more is given back than was taken. The payment is locked, so two at once do not both fit.
create function refunds_fit() returns trigger
language plpgsql security definer set search_path from current as $$
declare
  taken bigint;
  given bigint;
begin
  select captured into taken from payment where id = new.payment_id for update;
  select sum(amount) into given from refund where payment_id = new.payment_id and state <> 'FAILED';
  if given > taken then
    raise exception 'refunds of % exceed the % captured by payment %', given, taken, new.payment_id
      using errcode = 'check_violation';
  end if;
  return null;
end
$$;

create constraint trigger refunds_fit after insert or update on refund for each row execute function refunds_fit();

-- The books: every movement of money is a transaction whose entries add up to zero in each currency. Nothing in them is
-- ever changed; what was wrong is posted the other way round.
create table ledger_transaction (
  id uuid primary key,
  kind text not null check (kind in (
    'CAPTURE', 'REFUND_REQUESTED', 'REFUND_PAID', 'REFUND_FAILED', 'PAYOUT_REQUESTED', 'PAYOUT_PAID', 'PAYOUT_FAILED')),
  -- The payment, refund or payout. It happens to it once.
  reference_id uuid not null,
  occurred_at timestamptz not null,
  unique (kind, reference_id)
);

create table ledger_entry (
  id uuid primary key,
  transaction_id uuid not null references ledger_transaction (id),
  kind text not null,
  account text not null check (account in (
    'PROVIDER_CLEARING', 'SHOP_PAYABLE', 'PLATFORM_COMMISSION', 'TAX_PAYABLE', 'BUYER_REFUNDS', 'PAYOUT_IN_TRANSIT')),
  shop_id uuid references shop (id),
  organization_id uuid,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- Positive is what is owed to whom the account is for; the clearing account is below zero by what the provider holds.
  amount bigint not null check (amount <> 0 and amount between -9007199254740991 and 9007199254740991),
  occurred_at timestamptz not null,
  check ((account in ('PROVIDER_CLEARING', 'BUYER_REFUNDS')) = (shop_id is null)),
  check ((shop_id is null) = (organization_id is null))
);

create index ledger_entry_by_transaction on ledger_entry (transaction_id);
create index ledger_entry_by_shop on ledger_entry (shop_id, occurred_at desc, id desc) where shop_id is not null;
create index ledger_entry_by_account on ledger_entry (account, shop_id, currency) include (amount);

create function ledger_is_balanced() returns trigger
language plpgsql security definer set search_path from current as $$
begin
  if exists (
    select from ledger_entry where transaction_id = new.transaction_id group by currency having sum(amount) <> 0
  ) then
    raise exception 'ledger transaction % does not add up to zero', new.transaction_id using errcode = 'check_violation';
  end if;
  return null;
end
$$;

create constraint trigger ledger_is_balanced after insert on ledger_entry deferrable initially deferred
  for each row execute function ledger_is_balanced();

create function ledger_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only' using errcode = 'restrict_violation';
end
$$;

create trigger append_only before update or delete or truncate on ledger_transaction
  for each statement execute function ledger_is_append_only();
create trigger append_only before update or delete or truncate on ledger_entry
  for each statement execute function ledger_is_append_only();

create table payout (
  id uuid primary key,
  shop_id uuid not null references shop (id),
  organization_id uuid not null,
  requested_by uuid,
  idempotency_key text not null check (length(idempotency_key) between 1 and 128),
  amount bigint not null check (amount between 1 and 9007199254740991),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  provider text not null check (provider in ('TEST', 'STRIPE')),
  -- The provider's name of the account that gets it.
  destination text not null check (length(destination) between 1 and 255),
  state text not null check (state in ('PENDING', 'IN_TRANSIT', 'SUCCEEDED', 'FAILED')),
  provider_reference text check (length(provider_reference) between 1 and 255),
  failure_reason text check (length(failure_reason) <= 500),
  claimed_until timestamptz,
  ask_after timestamptz,
  created_at timestamptz not null,
  settled_at timestamptz,
  unique (shop_id, idempotency_key),
  unique (provider, provider_reference),
  check ((state in ('SUCCEEDED', 'FAILED')) = (settled_at is not null)),
  check ((state in ('SUCCEEDED', 'FAILED')) = (ask_after is null))
);

create index payout_by_shop on payout (shop_id, created_at desc, id desc);
create index payout_unsettled on payout (ask_after) where state in ('PENDING', 'IN_TRANSIT');

-- What a provider told us, each event once. Another content under the same id is kept beside the first and has no effect.
create table provider_event (
  id uuid primary key,
  provider text not null check (provider in ('TEST', 'STRIPE')),
  event_id text not null check (length(event_id) between 1 and 255),
  kind text not null check (length(kind) between 1 and 255),
  payload_hash bytea not null check (octet_length(payload_hash) = 32),
  -- The payment, refund or payout it is about, where it is one of ours.
  subject_id uuid,
  outcome text not null check (outcome in ('APPLIED', 'IGNORED', 'CONFLICTING', 'STALE')),
  reason text check (length(reason) <= 500),
  -- Whether it came under the id of another one.
  imposter boolean not null default false,
  received_at timestamptz not null
);

create unique index provider_event_once on provider_event (provider, event_id) where not imposter;
create unique index provider_event_imposter on provider_event (provider, event_id, payload_hash) where imposter;
create index provider_event_conflicts on provider_event (received_at desc) where outcome = 'CONFLICTING';
create index provider_event_by_age on provider_event (received_at);

-- What came in a provider's name and was not from it, or too late: counted, so that it takes no room however much comes.
create table provider_event_refusal (
  provider text not null check (provider in ('TEST', 'STRIPE')),
  reason text not null check (reason in ('UNSIGNED', 'STALE')),
  day date not null,
  count bigint not null check (count > 0),
  last_at timestamptz not null,
  primary key (provider, reason, day)
);

-- What the built-in provider remembers: it stands for a system elsewhere, so it outlives our processes.
create table test_provider_object (
  reference text primary key,
  idempotency_key text not null unique,
  kind text not null check (kind in ('PAYMENT', 'REFUND', 'PAYOUT')),
  -- The reference of the payment that a refund is of.
  parent text references test_provider_object (reference),
  -- What we call it.
  subject_id uuid not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  method text not null,
  state text not null,
  captured bigint not null default 0,
  created_at timestamptz not null
);

create index test_provider_object_by_subject on test_provider_object (subject_id);
create index test_provider_object_by_parent on test_provider_object (parent);

alter table payment enable row level security;
create policy readable on payment for select using (
  is_system() or user_id = current_user_id()
  or exists (
    select from payment_share share
    where share.payment_id = payment.id and share.organization_id = current_organization_id()
  )
);
create policy system on payment using (is_system());

alter table payment_share enable row level security;
create policy readable on payment_share for select
  using (is_system() or user_id = current_user_id() or organization_id = current_organization_id());
create policy system on payment_share using (is_system());

alter table refund enable row level security;
create policy readable on refund for select using (
  is_system() or user_id = current_user_id()
  or exists (
    select from refund_share share where share.refund_id = refund.id and share.organization_id = current_organization_id()
  )
);
create policy system on refund using (is_system());

alter table refund_share enable row level security;
create policy readable on refund_share for select
  using (is_system() or user_id = current_user_id() or organization_id = current_organization_id());
create policy system on refund_share using (is_system());

alter table ledger_transaction enable row level security;
create policy system on ledger_transaction using (is_system());

alter table ledger_entry enable row level security;
create policy readable on ledger_entry for select using (is_system() or organization_id = current_organization_id());
create policy system on ledger_entry using (is_system());

alter table payout enable row level security;
create policy readable on payout for select using (is_system() or organization_id = current_organization_id());
create policy system on payout using (is_system());

alter table provider_event enable row level security;
create policy system on provider_event using (is_system());

alter table provider_event_refusal enable row level security;
create policy system on provider_event_refusal using (is_system());

alter table test_provider_object enable row level security;
create policy system on test_provider_object using (is_system());

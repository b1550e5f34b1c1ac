-- What becomes of an order after it was placed: it is sent, delivered, cancelled or sent back, unit by unit, and money is
-- owed back for it.
--
-- As with orders only the system writes, and each use-case checks its policy first.

-- For so many days after something was delivered buyers may ask to send it back. 0: never.
alter table shop add column return_days integer not null default 30 check (return_days between 0 and 365);
-- As it was when it was bought.
alter table shop_order add column return_days integer not null default 30 check (return_days between 0 and 365);

-- What became of the units of an item. Delivered ones have been sent before, and returned ones delivered.
alter table order_item
  add column cancelled integer not null default 0 check (cancelled >= 0),
  add column fulfilled integer not null default 0 check (fulfilled >= 0),
  add column delivered integer not null default 0 check (delivered >= 0),
  add column returned integer not null default 0 check (returned >= 0),
  -- What a return that is not over is about.
  add column return_open integer not null default 0 check (return_open >= 0),
  add check (cancelled + fulfilled <= quantity),
  add check (delivered <= fulfilled),
  add check (returned + return_open <= delivered);

create index customer_order_by_user_and_state on customer_order (user_id, state, created_at desc, id desc);
create index order_step_by_shop_order on order_step (shop_order_id, sequence) where shop_order_id is not null;

-- A parcel.
create table fulfillment (
  id uuid primary key,
  order_id uuid not null references customer_order (id),
  shop_order_id uuid not null references shop_order (id),
  shop_id uuid not null references shop (id),
  organization_id uuid not null,
  user_id uuid,
  state text not null check (state in ('SENT', 'DELIVERED', 'UNDONE')),
  carrier text check (length(carrier) between 1 and 100),
  tracking_number text check (length(tracking_number) between 1 and 100),
  tracking_url text check (tracking_url ~ '^https://' and length(tracking_url) <= 2000),
  version integer not null default 1,
  sent_at timestamptz not null,
  updated_at timestamptz not null,
  delivered_at timestamptz,
  undone_at timestamptz,
  check ((state = 'DELIVERED') = (delivered_at is not null)),
  check ((state = 'UNDONE') = (undone_at is not null))
);

create index fulfillment_by_shop_order on fulfillment (shop_order_id, sent_at, id);

create table fulfillment_item (
  id uuid primary key,
  fulfillment_id uuid not null references fulfillment (id),
  order_item_id uuid not null references order_item (id),
  organization_id uuid not null,
  user_id uuid,
  quantity integer not null check (quantity between 1 and 999),
  unique (fulfillment_id, order_item_id)
);

create index fulfillment_item_by_order_item on fulfillment_item (order_item_id);

-- Something that a buyer wants to send back.
create table return_request (
  id uuid primary key,
  order_id uuid not null references customer_order (id),
  shop_order_id uuid not null references shop_order (id),
  shop_id uuid not null references shop (id),
  organization_id uuid not null,
  user_id uuid,
  state text not null check (state in ('REQUESTED', 'APPROVED', 'DECLINED', 'WITHDRAWN', 'RECEIVED')),
  reason text not null check (reason in ('DAMAGED', 'WRONG_ITEM', 'NOT_AS_DESCRIBED', 'NO_LONGER_WANTED', 'OTHER')),
  note text check (length(note) between 1 and 500),
  -- Why the shop declined it, or keeps a part of the money.
  decision_reason text check (length(decision_reason) between 1 and 500),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- What goes back for what was received, and what the shop keeps of what was paid for it.
  refund bigint check (refund >= 0),
  kept bigint check (kept >= 0),
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  decided_at timestamptz,
  received_at timestamptz,
  check ((state = 'RECEIVED') = (received_at is not null)),
  check ((state = 'RECEIVED') = (refund is not null)),
  check ((refund is null) = (kept is null)),
  check (coalesce(kept, 0) = 0 or decision_reason is not null),
  check (state <> 'DECLINED' or decision_reason is not null),
  check (state not in ('APPROVED', 'DECLINED', 'RECEIVED') or decided_at is not null)
);

create index return_request_by_shop_order on return_request (shop_order_id, created_at, id);
create index return_request_by_shop on return_request (shop_id, created_at desc, id desc);
create index return_request_by_shop_and_state on return_request (shop_id, state, created_at desc, id desc);

create table return_item (
  id uuid primary key,
  return_id uuid not null references return_request (id),
  order_item_id uuid not null references order_item (id),
  organization_id uuid not null,
  user_id uuid,
  quantity integer not null check (quantity between 1 and 999),
  -- What came back, and whether it can be sold again.
  restocked integer not null default 0 check (restocked >= 0),
  damaged integer not null default 0 check (damaged >= 0),
  unique (return_id, order_item_id),
  check (restocked + damaged <= quantity)
);

create index return_item_by_order_item on return_item (order_item_id);

-- Whatever the code does, the counts of an item are those of its parcels and returns.
create function units_add_up() returns trigger
language plpgsql security definer set search_path from current as $$
begin
  if exists (
    select from order_item item where item.id = new.id and (item.fulfilled, item.delivered, item.returned, item.return_open)
      is distinct from (
        select (coalesce(sum(parcel.quantity) filter (where fulfillment.state <> 'UNDONE'), 0)::integer,
          coalesce(sum(parcel.quantity) filter (where fulfillment.state = 'DELIVERED'), 0)::integer,
          (select coalesce(sum(back.restocked + back.damaged), 0)::integer from return_item back
            where back.order_item_id = item.id),
          (select coalesce(sum(back.quantity), 0)::integer from return_item back
            join return_request request on request.id = back.return_id
            where back.order_item_id = item.id and request.state in ('REQUESTED', 'APPROVED')))
        from fulfillment_item parcel join fulfillment on fulfillment.id = parcel.fulfillment_id
        where parcel.order_item_id = item.id
      )
  ) then
    raise exception 'the units of order item % do not add up', new.id using errcode = 'check_violation';
  end if;
  return null;
end
$$;

create constraint trigger units_add_up after update on order_item
  deferrable initially deferred for each row execute function units_add_up();

-- Money that has to go back, and has not been asked for yet: its payment may still have to be captured first. Whoever owes
-- it writes it in the transaction that makes it so; a job asks, and each is asked for once.
create table owed_refund (
  id uuid primary key,
  -- What it is for: a cancellation, which has no row of its own, or a return.
  cause_id uuid not null,
  order_id uuid not null references customer_order (id),
  shop_order_id uuid not null references shop_order (id),
  payment_id uuid not null references payment (id),
  shop_id uuid not null references shop (id),
  -- Null for a guest, and for the system.
  requested_by uuid,
  amount bigint not null check (amount between 1 and 9007199254740991),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  reason text not null check (length(reason) between 1 and 500),
  -- `VOID`: no money was taken, so that none goes back.
  state text not null check (state in ('OWED', 'ASKED', 'VOID')),
  -- Null when nothing was left to give back.
  refund_id uuid unique references refund (id),
  ask_after timestamptz,
  created_at timestamptz not null,
  settled_at timestamptz,
  unique (cause_id, shop_order_id),
  check ((state = 'OWED') = (settled_at is null)),
  check ((state = 'OWED') = (ask_after is not null)),
  check (refund_id is null or state = 'ASKED')
);

create index owed_refund_unsettled on owed_refund (ask_after) where state = 'OWED';
create index owed_refund_by_payment on owed_refund (payment_id, shop_id);

-- Whatever the code does, no more is owed back than was to be paid. The order is locked, so two at once do not both fit.
create function owed_refunds_fit() returns trigger
language plpgsql security definer set search_path from current as $$
begin
  perform from customer_order where id = new.order_id for update;
  if (select sum(amount) from owed_refund where shop_order_id = new.shop_order_id)
    > (select total from shop_order where id = new.shop_order_id) then
    raise exception 'more is owed back than was paid for shop order %', new.shop_order_id using errcode = 'check_violation';
  end if;
  return null;
end
$$;

-- Not when it is asked for: the payment is locked then, and an order never after that. What is owed is never changed.
create constraint trigger owed_refunds_fit after insert or update of amount, shop_order_id on owed_refund
  for each row execute function owed_refunds_fit();

alter table fulfillment enable row level security;
create policy concerned on fulfillment for select
  using (user_id = current_user_id() or organization_id = current_organization_id() or is_system());
create policy system on fulfillment using (is_system());

alter table fulfillment_item enable row level security;
create policy concerned on fulfillment_item for select
  using (user_id = current_user_id() or organization_id = current_organization_id() or is_system());
create policy system on fulfillment_item using (is_system());

alter table return_request enable row level security;
create policy concerned on return_request for select
  using (user_id = current_user_id() or organization_id = current_organization_id() or is_system());
create policy system on return_request using (is_system());

alter table return_item enable row level security;
create policy concerned on return_item for select
  using (user_id = current_user_id() or organization_id = current_organization_id() or is_system());
create policy system on return_item using (is_system());

-- How the payment room keeps its word; what buyers and shops see of it are refunds.
alter table owed_refund enable row level security;
create policy system on owed_refund using (is_system());

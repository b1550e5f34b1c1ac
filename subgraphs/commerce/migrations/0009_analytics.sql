-- Indexes for what shops are told of their sales: all of it is counted from orders, books and carts when it is asked for.

create index shop_order_placed on shop_order (shop_id, placed_at) where placed_at is not null;
-- Whether somebody had bought of a shop before; a guest is known by nothing but the address. As a column, because an index
-- of an expression is of no use to those who read through a policy: what `lower` might tell has to wait for it.
create index shop_order_of_buyer on shop_order (shop_id, user_id, placed_at) where placed_at is not null;
alter table customer_order add column guest_email text
  generated always as (case when user_id is null then lower(email) end) stored;
create index customer_order_of_guest on customer_order (guest_email) where guest_email is not null;
create index cart_item_by_shop on cart_item (shop_id, added_at, cart_id);

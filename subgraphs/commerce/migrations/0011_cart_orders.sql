-- Whose cart may go is asked by cart, whatever became of the order; so is a cart that is deleted.
create index order_by_cart on customer_order (cart_id);

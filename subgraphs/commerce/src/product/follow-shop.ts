import type { CommerceWork } from '../context.ts';
import type { Shop } from '../shop/shop.entity.ts';

/** Locked in the order of their ids, as by everybody who changes many. */
const FOLLOW = `
with affected as (select id from product where shop_id = ? and shop_open <> ? order by id for update)
update product set shop_open = ? from affected where product.id = affected.id`;

/**
 * Has the products of a shop appear and disappear with it. In the transaction that changes the shop, which has to be
 * locked: then no product is made meanwhile that would believe in the state before.
 */
export async function letProductsFollow(work: CommerceWork, { id, isOpen }: Shop): Promise<void> {
  await work.em.execute(FOLLOW, [id, isOpen, isOpen]);
}

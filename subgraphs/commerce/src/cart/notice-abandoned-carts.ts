import type { CommerceWork } from '../context.ts';

const HOUR_MS = 60 * 60 * 1_000;
const IDLE_HOURS = 24;
const GUEST_CART_DAYS = 30;
const BATCH = 500;

const ABANDON = `
update cart set abandoned_at = ?
where id in (
  select id from cart
  where state = 'ACTIVE' and abandoned_at is null and updated_at < ?
    and exists (select from cart_item item where item.cart_id = cart.id)
  order by updated_at limit ${BATCH} for update skip locked
)
returning id, user_id as "userId", currency,
  (select count(*)::int from cart_item item where item.cart_id = cart.id) as "itemCount"`;

/** What was bought, or nearly, is shown with its cart's token for as long as its order is kept. */
const PURGE = `
delete from cart where id in (
  select id from cart
  where token_hash is not null and updated_at < ?
    and not exists (select from customer_order where customer_order.cart_id = cart.id)
  order by updated_at limit ${BATCH}
)`;

interface Abandoned {
  readonly id: string;
  readonly userId: string | null;
  readonly currency: string;
  readonly itemCount: number;
}

/** Tells once of each cart that nobody came back to for a day, and forgets guests' after a month. Runs every hour. */
export async function noticeAbandonedCarts(work: CommerceWork): Promise<void> {
  const now = work.now().getTime();
  for (;;) {
    const carts = await work.transaction(() => abandon(work, new Date(now - IDLE_HOURS * HOUR_MS)));
    if (carts.length < BATCH) break;
  }
  const keptSince = new Date(now - GUEST_CART_DAYS * 24 * HOUR_MS);
  for (;;) {
    const { affectedRows } = await work.em.execute<{ affectedRows: number }>(PURGE, [keptSince], 'run');
    if (affectedRows < BATCH) return;
  }
}

async function abandon(work: CommerceWork, idleSince: Date): Promise<Abandoned[]> {
  const carts = await work.em.execute<Abandoned[]>(ABANDON, [work.now(), idleSince]);
  for (const { id, userId, currency, itemCount } of carts) {
    work.publish('cart.abandoned', { cartId: id, userId, currency, itemCount });
  }
  return carts;
}

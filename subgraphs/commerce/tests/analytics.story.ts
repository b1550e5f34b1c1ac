import { randomUUID } from 'node:crypto';
import type { TestClaims } from '@supergraph/testkit';
import type { Market, Offered } from './offer.story.ts';
import type { TestCommerce } from './story.ts';

/** An order as the tables keep it: when it was placed is told, and of whom. */
export interface PlacedOrder {
  readonly at: string | Date;
  readonly userId?: string;
  /** Of a guest, who has no id. */
  readonly email?: string;
  readonly quantity?: number;
  /** Of one, in minor units. */
  readonly price?: number;
  readonly discount?: number;
}

/** Somebody has ordered something. */
export async function ordered(
  graph: TestCommerce,
  { productId, variantId }: Offered,
  order: PlacedOrder,
): Promise<void> {
  const { at, email = 'ada@example.com', quantity = 1, price = 1_000, discount = 0 } = order;
  const [cartId, orderId, partId] = [randomUUID(), randomUUID(), randomUUID()];
  const userId = order.userId ?? (order.email ? null : randomUUID());
  const token = userId ? null : randomUUID();
  const [subtotal, total] = [price * quantity, price * quantity - discount];
  const sums = [subtotal, discount, 0, total];
  await graph.runtime.asSystem(({ em }) =>
    em.transactional(async (inner) => {
      await inner.execute(
        `insert into cart (id, user_id, token_hash, currency, state, created_at, updated_at)
         values (?, ?, ?, 'CHF', 'ORDERED', ?, ?)`,
        [cartId, userId, token, at, at],
      );
      await inner.execute(
        `insert into customer_order (id, number, user_id, token_hash, cart_id, state, currency, subtotal, discount, tax,
           total, email, shipping_address, payment_due_at, created_at, updated_at, placed_at)
         values (?, ?, ?, ?, ?, 'PLACED', 'CHF', ?, ?, ?, ?, ?, '{}', ?, ?, ?, ?)`,
        [orderId, orderId, userId, token, cartId, ...sums, email, at, at, at, at],
      );
      await inner.execute(
        `insert into shop_order (id, order_id, number, shop_id, organization_id, user_id, state, currency, subtotal, discount,
           tax, total, commission, created_at, updated_at, placed_at)
         select ?, ?, ?, shop_id, organization_id, ?, 'PLACED', 'CHF', ?, ?, ?, ?, 0, ?, ?, ? from product where id = ?`,
        [partId, orderId, `${orderId}-1`, userId, ...sums, at, at, at, productId],
      );
      await inner.execute(
        `insert into order_item (id, order_id, shop_order_id, organization_id, user_id, product_id, variant_id, sku, title,
           currency, unit_price, quantity, subtotal, discount, tax, total)
         select gen_random_uuid(), ?, ?, organization_id, ?, id, ?, 'SKU', title, 'CHF', ?, ?, ?, ?, ?, ?
         from product where id = ?`,
        [orderId, partId, userId, variantId, price, quantity, ...sums, productId],
      );
    }),
  );
}

const MONEY = '{ amount currency }';
export const FIGURES = `{ orders units gross ${MONEY} discount ${MONEY} averageOrderValue ${MONEY} paid ${MONEY} refunds ${MONEY}
  tax ${MONEY} commission ${MONEY} net ${MONEY} }`;
const ANALYTICS = `query ($id: ID!, $from: Date, $to: Date, $interval: SalesInterval, $timeZone: String) {
  shop(id: $id) { analytics(from: $from, to: $to, interval: $interval, timeZone: $timeZone) {
    from to interval timeZone csv
    currencies { currency sales ${FIGURES} before ${FIGURES} change { orders units gross net } returnRate
      series { from to sales ${FIGURES} } }
    bestSellers { title units ordered ${MONEY} product { id } }
    customers { firstTime returning } carts { carts ordered share }
  } } }`;

/** What a shop is told of its sales. */
export async function analytics(
  graph: TestCommerce,
  { shopId, owner }: Pick<Market, 'shopId' | 'owner'>,
  args: object,
  as: TestClaims = owner,
): Promise<any> {
  return (await graph.data(ANALYTICS, as, { id: shopId, interval: 'DAY', timeZone: 'UTC', ...args }))['shop'].analytics;
}

/** What asking is refused with. */
export function analyticsRefusal(
  graph: TestCommerce,
  shopId: string,
  args: object,
  as?: TestClaims,
): Promise<string[]> {
  return graph.codes(ANALYTICS, as, { id: shopId, interval: 'DAY', timeZone: 'UTC', ...args });
}

/** The days of a series on which something was ordered, and how many orders there were. */
export const ordersByDay = ({ currencies: [first] }: any): Record<string, number> =>
  Object.fromEntries(
    first.series.filter(({ sales }: any) => sales.orders > 0).map(({ from, sales }: any) => [from, sales.orders]),
  );

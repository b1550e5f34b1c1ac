import { expireOrders } from '../checkout/expire-orders.ts';
import { ReturnReason } from '../return/return-state.ts';
import type { DemoEnd, DemoOrder } from './demo.orders.ts';
import { as, type CommerceRuntime } from './demo.people.ts';
import type { DemoPeople, DemoPerson } from './write-catalogue.ts';

export interface DemoScene {
  readonly runtime: CommerceRuntime;
  readonly people: DemoPeople;
  readonly buyer: DemoPerson;
}

/** One thing of an order, and who sells it. */
interface Sold {
  readonly orderId: string;
  readonly shopOrderId: string;
  readonly orderItemId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly ownerId: string;
}

const SOLD = `
select item.order_id as "orderId", item.shop_order_id as "shopOrderId", item.id as "orderItemId",
  item.product_id as "productId", item.quantity, shop.owner_id as "ownerId"
from order_item item
join customer_order bought on bought.id = item.order_id
join shop_order part on part.id = item.shop_order_id
join shop on shop.id = part.shop_id
where bought.cart_id = ? order by item.id`;

const LATE = `update customer_order set payment_due_at = now() - interval '1 minute' where cart_id = ?`;

/** What comes after each step that has been taken. */
const STEPS: Readonly<Record<Exclude<DemoEnd, 'EXPIRED' | 'CANCELLED'>, number>> = {
  PARTLY_SENT: 1,
  SENT: 1,
  DELIVERED: 2,
  ASKED_BACK: 3,
  PARTLY_RETURNED: 4,
  RETURNED: 4,
};

/** Has happen to an order what the demo says, by those who would do it. */
export async function finishOrder(scene: DemoScene, order: DemoOrder, cartId: string): Promise<void> {
  const { runtime } = scene;
  const { ends, review } = order;
  if (!ends) return;
  if (ends === 'EXPIRED') {
    await runtime.asSystem(({ em }) => em.execute(LATE, [cartId], 'run'));
    await runtime.asSystem(expireOrders);
    return;
  }
  const [sold] = await runtime.asSystem(({ em }) => em.execute<Sold[]>(SOLD, [cartId]));
  if (!sold) return;
  const key = `demo ${cartId}`;
  if (ends === 'CANCELLED') {
    const reason = 'Found it in the cellar.';
    await as(runtime, scene.buyer, ({ cancelOrder }) =>
      cancelOrder({ orderId: sold.orderId, reason, idempotencyKey: key }),
    );
    return;
  }
  await send(scene, sold, ends, key);
  if (review) await tell(scene, sold, review);
}

async function send(scene: DemoScene, sold: Sold, ends: keyof typeof STEPS, key: string): Promise<void> {
  const { runtime, buyer } = scene;
  const { shopOrderId, orderItemId } = sold;
  const owner = ownerOf(scene, sold);
  const parcel = await as(runtime, owner, ({ fulfillShopOrder }) =>
    fulfillShopOrder({
      ...{ shopOrderId, carrier: 'Parcel Post', trackingNumber: `PP-${orderItemId.slice(-8)}`, idempotencyKey: key },
      ...(ends === 'PARTLY_SENT' && { items: [{ orderItemId, quantity: 1 }] }),
    }),
  );
  if (STEPS[ends] < 2) return;
  await as(runtime, owner, ({ recordDelivery }) => recordDelivery({ fulfillmentId: parcel.id }));
  if (STEPS[ends] < 3) return;
  const items = [{ orderItemId, quantity: ends === 'RETURNED' ? sold.quantity : 1 }];
  const asked = await as(runtime, buyer, ({ requestReturn }) =>
    requestReturn({ shopOrderId, items, reason: ReturnReason.NOT_AS_DESCRIBED, note: 'Too blue', idempotencyKey: key }),
  );
  if (STEPS[ends] < 4) return;
  const received = items.map(({ quantity }) => ({ orderItemId, restocked: quantity, damaged: 0 }));
  await as(runtime, owner, ({ approveReturn }) => approveReturn({ returnId: asked.id }));
  await as(runtime, owner, ({ receiveReturn }) =>
    receiveReturn({ returnId: asked.id, items: received, idempotencyKey: key }),
  );
}

async function tell(scene: DemoScene, sold: Sold, { reply, ...said }: NonNullable<DemoOrder['review']>): Promise<void> {
  const { runtime, buyer } = scene;
  const { id, version } = await as(runtime, buyer, ({ addReview }) =>
    addReview({ productId: sold.productId, authorName: 'E. N.', ...said }),
  );
  if (!reply) return;
  await as(runtime, ownerOf(scene, sold), ({ replyToReview }) => replyToReview({ id, version, reply }));
}

function ownerOf({ people }: DemoScene, { ownerId }: Sold): DemoPerson {
  return Object.values(people).find(({ userId }) => userId === ownerId)!;
}

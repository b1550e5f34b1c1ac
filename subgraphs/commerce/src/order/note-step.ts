import type { CommerceWork } from '../context.ts';
import { OrderStep } from './order-step.entity.ts';
import type { Order } from './order.entity.ts';
import type { ShopOrder } from './shop-order.entity.ts';

/** Notes what an order, or a shop's part of it, has just become, and who made it so. */
export function noteStep(work: CommerceWork, order: Order, part?: ShopOrder, reason?: string): void {
  work.em.create(OrderStep, {
    id: work.newId(),
    orderId: order.id,
    shopOrderId: part?.id ?? null,
    organizationId: part?.organizationId ?? null,
    userId: order.userId ?? null,
    state: (part ?? order).state,
    reason: reason ?? null,
    actorId: work.session.actorId ?? null,
    occurredAt: work.now(),
  });
}

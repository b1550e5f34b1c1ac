import { loadMany, loadOne, Session, withRowScope } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import type { CommerceReader } from '../context.ts';
import { FulfillmentItem } from './fulfillment-item.entity.ts';
import { Fulfillment } from './fulfillment.entity.ts';
import { maySeeFulfillment } from './fulfillment.policy.ts';

export function createFulfillmentLoaders({ em, session }: CommerceReader) {
  const visible = loadOne(em, Fulfillment);
  const parcels = loadMany(em, Fulfillment, { by: 'shopOrderId', orderBy: { sentAt: 'asc', id: 'asc' } });
  const items = loadMany(em, FulfillmentItem, { by: 'fulfillmentId', orderBy: { orderItemId: 'asc' } });
  // As with orders: whoever asks has been found to have what they are in, guests by its token.
  const whole = <Value>(load: (keys: readonly string[]) => Promise<(Value | Error)[]>) =>
    new DataLoader<string, Value>((keys) => withRowScope(Session.system(), () => load(keys)));
  return {
    fulfillmentById: new DataLoader<string, Fulfillment | null>(async (ids) => {
      const found = await visible.loadMany([...ids]);
      return found.map((one) => (one instanceof Fulfillment && maySeeFulfillment(session, one) ? one : null));
    }),
    fulfillmentsOfShopOrder: whole<Fulfillment[]>((ids) => parcels.loadMany([...ids])),
    itemsOfFulfillment: whole<FulfillmentItem[]>((ids) => items.loadMany([...ids])),
  };
}

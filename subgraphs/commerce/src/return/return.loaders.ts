import { createPageLoader, loadMany, loadOne, Session, withRowScope } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import type { CommerceReader } from '../context.ts';
import { ReturnItem } from './return-item.entity.ts';
import { ReturnRequest } from './return-request.entity.ts';
import type { ReturnListArguments } from './return.inputs.ts';
import { maySeeReturn } from './return.policy.ts';
import { readReturnable } from './read-returnable.ts';

export function createReturnLoaders({ em, session, clock }: CommerceReader) {
  const visible = loadOne(em, ReturnRequest);
  const requests = loadMany(em, ReturnRequest, { by: 'shopOrderId', orderBy: { createdAt: 'asc', id: 'asc' } });
  const items = loadMany(em, ReturnItem, { by: 'returnId', orderBy: { orderItemId: 'asc' } });
  // As with orders: whoever asks has been found to have what they are of, guests by its token.
  const whole = <Value>(load: (keys: readonly string[]) => Promise<(Value | Error)[]>) =>
    new DataLoader<string, Value>((keys) => withRowScope(Session.system(), () => load(keys)));
  return {
    returnById: new DataLoader<string, ReturnRequest | null>(async (ids) => {
      const found = await visible.loadMany([...ids]);
      return found.map((one) => (one instanceof ReturnRequest && maySeeReturn(session, one) ? one : null));
    }),
    returnsOfShopOrder: whole<ReturnRequest[]>((ids) => requests.loadMany([...ids])),
    itemsOfReturn: whole<ReturnItem[]>((ids) => items.loadMany([...ids])),
    returnableOfItem: whole<number>(async (ids) => {
      const counts = await readReturnable(em, ids, clock.now());
      return ids.map((id) => counts.get(id) ?? 0);
    }),
    /** For those who may list what a shop has: that has to be checked before. */
    returnsOfShop: createPageLoader<ReturnRequest, ReturnListArguments>(em, ReturnRequest, {
      partitionBy: 'shopId',
      list: ({ state }) => ({ ...(state && { where: { state } }), orderBy: { createdAt: 'desc' } }),
    }),
  };
}

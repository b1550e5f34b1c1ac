import { findPage, type Page, type PageOrder, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { pageAsSystem } from '../elevation.ts';
import { ShopState } from './shop-state.ts';
import { Shop } from './shop.entity.ts';
import { type ShopArguments, ShopSort } from './shop.inputs.ts';
import { mayDecideAboutShops } from './shop.policy.ts';

const ORDERS: Readonly<Record<ShopSort, PageOrder<Shop>>> = {
  [ShopSort.CREATED_AT_DESC]: { createdAt: 'desc' },
  [ShopSort.NAME_ASC]: { name: 'asc' },
};

/** Open shops for everybody; for staff those in any state. */
export async function searchShops(work: CommerceWork, { filter, sort, ...args }: ShopArguments): Promise<Page<Shop>> {
  const state = filter?.state ?? ShopState.OPEN;
  const isPublic = state === ShopState.OPEN;
  if (!isPublic) permit(work.session, mayDecideAboutShops(work.session));
  const where = { state, ...(filter?.currency && { currency: filter.currency }) };
  const read = () => findPage(work.em, Shop, { where, orderBy: ORDERS[sort], args });
  return isPublic ? read() : pageAsSystem(read);
}

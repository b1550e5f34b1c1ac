import { type ConnectionArguments, findPage, type Page, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { pageAsSystem } from '../elevation.ts';
import { mayDecideAboutShops } from '../shop/shop.policy.ts';
import { Promotion } from './promotion.entity.ts';

/** Those of the platform, for staff, the latest first. */
export async function listPlatformPromotions(work: CommerceWork, args: ConnectionArguments): Promise<Page<Promotion>> {
  permit(work.session, mayDecideAboutShops(work.session));
  const where = { shopId: null };
  return pageAsSystem(() => findPage(work.em, Promotion, { where, orderBy: { createdAt: 'desc' }, args }));
}

import { type ConnectionArguments, findPage, type Page, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { pageAsSystem } from '../elevation.ts';
import { mayDecideAboutShops } from '../shop/shop.policy.ts';
import { ShopVerification, VerificationState } from './shop-verification.entity.ts';

/** Those nobody has decided about, for staff; who has waited longest comes first. */
export async function searchShopVerifications(
  work: CommerceWork,
  args: ConnectionArguments,
): Promise<Page<ShopVerification>> {
  permit(work.session, mayDecideAboutShops(work.session));
  const where = { state: VerificationState.SUBMITTED };
  return pageAsSystem(() => findPage(work.em, ShopVerification, { where, orderBy: { submittedAt: 'asc' }, args }));
}

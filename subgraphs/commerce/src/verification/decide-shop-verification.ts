import { badUserInput, notFound, parseId, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { letProductsFollow } from '../product/follow-shop.ts';
import { mayDecideAboutShops } from '../shop/shop.policy.ts';
import { namedShop, publishShop, takeShop } from '../shop/take-shop.ts';
import { ShopVerification } from './shop-verification.entity.ts';
import type { DecideShopVerificationInput } from './shop-verification.inputs.ts';

/** Lets a shop in, or tells it why not. Of two who decide at once the second is too late: `ILLEGAL_TRANSITION`. */
export async function decideShopVerification(
  work: CommerceWork,
  { id, approve, reason }: DecideShopVerificationInput,
): Promise<ShopVerification> {
  permit(work.session, mayDecideAboutShops(work.session));
  if (approve === Boolean(reason)) {
    throw badUserInput([{ path: 'input.reason', message: 'A reason is given with a rejection, and only then.' }]);
  }
  const by = work.session.requireUser();
  return asSystem(work, async () => {
    const found = await work.em.findOne(ShopVerification, { id: parseId('ShopVerification', id) });
    if (!found) throw notFound('ShopVerification');
    // Always the shop first, as for those who submit: whoever waits for it then sees what was decided.
    const shop = await takeShop(work, found.shopId);
    const verification = await work.em.refreshOrFail(found);
    if (approve) {
      verification.approve(by, work.now());
      shop.approve(work.now());
      await letProductsFollow(work, shop);
      publishShop(work, 'shop.approved', shop);
    } else {
      verification.reject(reason!.trim(), by, work.now());
      const { organizationId } = shop;
      work.publish('shop.rejected', { ...namedShop(shop), reason: verification.reason! }, { organizationId });
    }
    return verification;
  });
}

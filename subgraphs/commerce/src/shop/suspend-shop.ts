import { permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { letProductsFollow } from '../product/follow-shop.ts';
import type { Shop } from './shop.entity.ts';
import type { SuspendShopInput } from './shop.inputs.ts';
import { mayDecideAboutShops } from './shop.policy.ts';
import { namedShop, takeShop } from './take-shop.ts';

/** Stops a shop: from the commit on nothing of it can be bought. */
export async function suspendShop(work: CommerceWork, { id, reason }: SuspendShopInput): Promise<Shop> {
  permit(work.session, mayDecideAboutShops(work.session));
  return asSystem(work, async () => {
    const shop = await takeShop(work, id);
    const { organizationId } = shop;
    shop.suspend(reason.trim(), work.now());
    await letProductsFollow(work, shop);
    work.publish('shop.suspended', { ...namedShop(shop), reason: reason.trim() }, { organizationId });
    return shop;
  });
}

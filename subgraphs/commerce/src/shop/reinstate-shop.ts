import { permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { letProductsFollow } from '../product/follow-shop.ts';
import type { Shop } from './shop.entity.ts';
import type { ReinstateShopInput } from './shop.inputs.ts';
import { mayDecideAboutShops } from './shop.policy.ts';
import { publishShop, takeShop } from './take-shop.ts';

/** Lets a suspended shop sell again. */
export async function reinstateShop(work: CommerceWork, { id }: ReinstateShopInput): Promise<Shop> {
  permit(work.session, mayDecideAboutShops(work.session));
  return asSystem(work, async () => {
    const shop = await takeShop(work, id);
    shop.reinstate(work.now());
    await letProductsFollow(work, shop);
    publishShop(work, 'shop.reinstated', shop);
    return shop;
  });
}

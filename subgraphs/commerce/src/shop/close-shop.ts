import { checkVersion } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { letProductsFollow } from '../product/follow-shop.ts';
import type { Shop } from './shop.entity.ts';
import type { ShopVersionInput } from './shop.inputs.ts';
import { publishShop, takeOwnShop } from './take-shop.ts';

/** Gives a shop up, for good. What was ordered before is still delivered. @throws `VERSION_CONFLICT` */
export async function closeShop(work: CommerceWork, { id, version }: ShopVersionInput): Promise<Shop> {
  return work.transaction(async () => {
    const shop = await takeOwnShop(work, id);
    checkVersion('Shop', shop, version);
    shop.close(work.now());
    await letProductsFollow(work, shop);
    publishShop(work, 'shop.closed', shop);
    return shop;
  });
}

import { checkVersion } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import type { Shop } from './shop.entity.ts';
import type { UpdateShopInput } from './shop.inputs.ts';
import { publishShop, takeOwnShop } from './take-shop.ts';

/** Changes what a shop says of itself. @throws `VERSION_CONFLICT` */
export async function updateShop(work: CommerceWork, { id, version, ...changes }: UpdateShopInput): Promise<Shop> {
  return work.transaction(async () => {
    const shop = await takeOwnShop(work, id);
    checkVersion('Shop', shop, version);
    const given = Object.entries(changes).filter(([, value]) => value !== undefined && value !== null);
    shop.change(Object.fromEntries(given), work.now());
    publishShop(work, 'shop.updated', shop);
    return shop;
  });
}

import { loadOne } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import type { CommerceReader } from '../context.ts';
import { asStaff } from '../shop/shop.loaders.ts';
import { maySeeShopInside } from '../shop/shop.policy.ts';
import { ShopVerification } from './shop-verification.entity.ts';

const LATEST = `
select distinct on (shop_id) * from shop_verification where shop_id = any(?::uuid[])
order by shop_id, submitted_at desc, id desc`;

export function createVerificationLoaders({ em, session }: CommerceReader) {
  const visible = loadOne(em, ShopVerification);
  return {
    verificationById: new DataLoader<string, ShopVerification | null>(async (ids) => {
      const found = await asStaff(session, () => visible.loadMany([...ids]));
      return found.map((one) => (one instanceof ShopVerification && maySeeShopInside(session, one) ? one : null));
    }),
    /** For whoever may see a shop inside: that has to be checked before. */
    latestVerificationOfShop: new DataLoader<string, ShopVerification | null>(async (shopIds) => {
      const rows = await asStaff(session, () => em.execute<object[]>(LATEST, [`{${shopIds.join(',')}}`]));
      const latest = new Map(rows.map((row) => em.map(ShopVerification, row)).map((one) => [one.shopId, one]));
      return shopIds.map((id) => latest.get(id) ?? null);
    }),
  };
}

import { createPageLoader, loadOne } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import type { CommerceReader } from '../context.ts';
import { asStaff } from '../shop/shop.loaders.ts';
import { Promotion } from './promotion.entity.ts';
import { mayReadPromotion } from './promotion.policy.ts';

export function createPromotionLoaders({ em, session }: CommerceReader) {
  const visible = loadOne(em, Promotion);
  return {
    promotionById: new DataLoader<string, Promotion | null>(async (ids) => {
      const found = await asStaff(session, () => visible.loadMany([...ids]));
      return found.map((one) => (one instanceof Promotion && mayReadPromotion(session, one) ? one : null));
    }),
    /** For whoever may see a shop inside: that has to be checked before. */
    promotionsOfShop: createPageLoader(em, Promotion, {
      partitionBy: 'shopId',
      list: () => ({ orderBy: { createdAt: 'desc' } }),
    }),
  };
}

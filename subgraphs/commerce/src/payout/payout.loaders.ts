import { createPageLoader, loadOne, type PageArguments } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import type { CommerceReader } from '../context.ts';
import { asBookkeeper, pageAsBookkeeper } from '../payment/payment.loaders.ts';
import { maySeeAsShop } from '../payment/payment.policy.ts';
import { Payout } from './payout.entity.ts';

export function createPayoutLoaders({ em, session }: CommerceReader) {
  const visible = loadOne(em, Payout);
  const pages = createPageLoader(em, Payout, {
    partitionBy: 'shopId',
    list: () => ({ orderBy: { createdAt: 'desc' } }),
  });
  return {
    payoutById: new DataLoader<string, Payout | null>(async (ids) => {
      const found = await asBookkeeper(session, () => visible.loadMany([...ids]));
      return found.map((one) => (one instanceof Payout && maySeeAsShop(session, one) ? one : null));
    }),
    /** For whoever may see a shop's books: that has to be checked before. */
    payoutsOfShop: {
      load: (shopId: string, args: PageArguments) => pageAsBookkeeper(session, () => pages.load(shopId, args)),
    },
  };
}

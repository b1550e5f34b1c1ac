import { LockMode } from '@mikro-orm/postgresql';
import { notFound, parseId, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { mayDecideAboutShops, mayWriteCommerce } from '../shop/shop.policy.ts';
import { Promotion } from './promotion.entity.ts';
import type { EndPromotionInput } from './promotion.inputs.ts';
import { mayWritePromotion } from './promotion.policy.ts';

/** Ends a promotion: carts that have it cost the full price again. */
export async function endPromotion(work: CommerceWork, { id }: EndPromotionInput): Promise<Promotion> {
  const { session } = work;
  permit(session, mayWriteCommerce(session) || mayDecideAboutShops(session));
  return asSystem(work, async () => {
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
    const promotion = await work.em.findOne(Promotion, { id: parseId('Promotion', id) }, lock);
    if (!promotion || !mayWritePromotion(session, promotion)) throw notFound('Promotion');
    promotion.end(work.now());
    return promotion;
  });
}

import { conflict, notFound } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { Promotion } from '../promotion/promotion.entity.ts';
import type { PromotionCodeInput } from './cart.inputs.ts';
import { type ChangedCart, withCart } from './take-cart.ts';

const MAX_PROMOTIONS = 5;

const APPLY = `insert into cart_promotion (cart_id, promotion_id, applied_at) values (?, ?, ?) on conflict do nothing`;
const COUNT = 'select count(*)::int as count from cart_promotion where cart_id = ? and promotion_id <> ?';
const REMOVE = `delete from cart_promotion where cart_id = ? and promotion_id = (select id from promotion where code = ?)`;

/**
 * Gives a code. Whether it takes anything off hangs on what is in the cart, now and later.
 *
 * @throws `NOT_FOUND` for a code there is not, or whose time is over, `CONFLICT` for a sixth one
 */
export async function applyPromotion(work: CommerceWork, { code, token }: PromotionCodeInput): Promise<ChangedCart> {
  return withCart(work, token, async (cart) => {
    const promotion = await work.em.findOne(Promotion, { code: code.toUpperCase() });
    // One that has not begun is not given away either.
    if (!promotion?.counts(work.now(), promotion.currency, Number.MAX_SAFE_INTEGER)) throw notFound('Promotion');
    const [{ count }] = await work.em.execute<[{ count: number }]>(COUNT, [cart.id, promotion.id]);
    if (count >= MAX_PROMOTIONS) throw conflict(`No more than ${MAX_PROMOTIONS} codes at a time.`);
    await work.em.execute(APPLY, [cart.id, promotion.id, work.now()], 'run');
  });
}

/** Takes a code back. */
export async function removePromotion(work: CommerceWork, { code, token }: PromotionCodeInput): Promise<ChangedCart> {
  return withCart(work, token, async (cart) => {
    await work.em.execute(REMOVE, [cart.id, code.toUpperCase()], 'run');
  });
}

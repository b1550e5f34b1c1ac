import type { EntityManager } from '@mikro-orm/postgresql';
import { Session, withRowScope } from '@supergraph/subgraph-kit';
import { Promotion } from '../promotion/promotion.entity.ts';

const PROMOTIONS = `
select applied.cart_id as of_cart, promotion.* from cart_promotion applied
join promotion on promotion.id = applied.promotion_id
where applied.cart_id = any(?::uuid[]) order by applied.applied_at, promotion.id`;

/**
 * The promotions whose codes were given in carts, by cart, in the order they were given, in one statement. As the system: a
 * buyer sees no promotion but those of their own carts. Whoever asks has been found to have these.
 */
export async function readPromotions(
  em: EntityManager,
  cartIds: readonly string[],
): Promise<ReadonlyMap<string, Promotion[]>> {
  const rows = await withRowScope(Session.system(), () =>
    em.execute<{ of_cart: string }[]>(PROMOTIONS, [`{${cartIds.join(',')}}`]),
  );
  const groups = Map.groupBy(rows, ({ of_cart: cartId }) => cartId);
  return new Map(
    [...groups].map(([cartId, own]) => [cartId, own.map(({ of_cart: _, ...columns }) => em.map(Promotion, columns))]),
  );
}

import type { EntityManager } from '@mikro-orm/postgresql';

/** What waits to be done in a shop. */
export interface ShopWork {
  readonly ordersToSend: number;
  readonly oldestWaitingSince: Date | null;
  readonly lowStockCount: number;
  readonly unansweredReviewCount: number;
  readonly openReturnCount: number;
}

const WAITING = `
select asked.id, waiting.*, low.*, unanswered.*, back.* from unnest(?::uuid[]) as asked (id)
cross join lateral (
  select count(*)::int as "ordersToSend", min(placed_at) as "oldestWaitingSince" from shop_order part
  where part.shop_id = asked.id and part.state in ('PLACED', 'PARTIALLY_FULFILLED')
) waiting
cross join lateral (
  select count(*)::int as "lowStockCount" from stock_level level
  join product_variant variant on variant.id = level.variant_id and variant.active
  where level.shop_id = asked.id and level.low
) low
cross join lateral (
  select count(*)::int as "unansweredReviewCount" from review
  where review.shop_id = asked.id and review.hidden_at is null and review.reply is null
) unanswered
cross join lateral (
  select count(*)::int as "openReturnCount" from return_request
  where return_request.shop_id = asked.id and return_request.state in ('REQUESTED', 'APPROVED')
) back`;

/** For whoever may see it. */
export async function readShopWork(em: EntityManager, shopIds: readonly string[]): Promise<Map<string, ShopWork>> {
  type Row = ShopWork & { readonly id: string };
  const rows = await em.execute<Row[]>(WAITING, [`{${shopIds.join(',')}}`]);
  return new Map(rows.map((row) => [row.id, { ...row, oldestWaitingSince: dateOf(row.oldestWaitingSince) }]));
}

const dateOf = (moment: Date | string | null): Date | null => (moment === null ? null : new Date(moment));

import { raw } from '@mikro-orm/postgresql';
import { findPage, notFound, type Page, parseId, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { Shop } from '../shop/shop.entity.ts';
import { READ_COMMERCE } from '../shop/shop.policy.ts';
import { StockLevel } from './stock-level.entity.ts';
import type { StockLevelArguments } from './stock.inputs.ts';
import { maySeeStock } from './stock.policy.ts';

const SKU_BEGINS = `e.variant_id in (
  select v.id from product_variant v where v.shop_id = ? and lower(v.sku) like lower(?))`;

/** The levels of one shop, for its own people. @throws `NOT_FOUND` for another's shop */
export async function searchStockLevels(
  work: CommerceWork,
  { filter, ...args }: StockLevelArguments,
): Promise<Page<StockLevel>> {
  permit(work.session, work.session.can(READ_COMMERCE));
  const shop = await work.em.findOne(Shop, { id: parseId('Shop', filter.shopId) });
  if (!shop || !maySeeStock(work.session, shop)) throw notFound('Shop');
  const bySku = filter.sku && { [raw(SKU_BEGINS, [shop.id, `${literal(filter.sku)}%`]) as never]: [] };
  const where = { shopId: shop.id, ...(filter.lowOnly && { low: true }), ...bySku };
  return findPage(work.em, StockLevel, { where, orderBy: { id: 'desc' }, args });
}

/** A text as `like` matches it, sign by sign. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}

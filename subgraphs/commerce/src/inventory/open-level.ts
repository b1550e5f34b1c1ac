import type { CommerceWork } from '../context.ts';
import type { ProductVariant } from '../variant/product-variant.entity.ts';
import { lockLevel, type LockedLevel } from './lock-stock.ts';

const OPEN = `
insert into stock_level (id, variant_id, shop_id, organization_id, created_at, updated_at) values (?, ?, ?, ?, ?, ?)
on conflict (variant_id) do nothing`;

/** The level of a variant, locked; one of nothing where there was none. */
export async function openLevel(
  work: CommerceWork,
  { id, shopId, organizationId }: ProductVariant,
): Promise<LockedLevel> {
  const now = work.now();
  await work.em.execute(OPEN, [work.newId(), id, shopId, organizationId, now, now], 'run');
  return lockLevel(work, id);
}

import { notFound } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';

/** For whom stock is held. */
export interface StockOwner {
  readonly kind: 'CART' | 'ORDER';
  readonly id: string;
}

/** A level that nobody else can change before the transaction ends. */
export interface LockedLevel {
  readonly id: string;
  readonly variant_id: string;
  readonly organization_id: string;
  readonly on_hand: number;
  readonly reserved: number;
  readonly available: number;
  readonly version: number;
}

const LOCK_OWNER = `select is_system() as system, pg_advisory_xact_lock(hashtextextended(?, 0))`;

/** Always in the order of the variants: whoever waits for a level holds only such as come before it. */
const LOCK_LEVELS = `
select id, variant_id, organization_id, on_hand, reserved, available, version from stock_level
where variant_id in (
  select unnest(?::uuid[])
  union select variant_id from stock_reservation where owner_kind = ? and owner_id = ? and state = 'HELD'
)
order by variant_id for update`;

/**
 * Locks an owner, then the levels of these variants and of those the owner holds. Reads that follow see what others
 * have committed before.
 */
export async function lockOwnerAndLevels(
  work: CommerceWork,
  owner: StockOwner,
  variantIds: readonly string[] = [],
): Promise<LockedLevel[]> {
  const [lock] = await work.em.execute<{ system: boolean }[]>(LOCK_OWNER, [`stock of ${owner.kind} ${owner.id}`]);
  // A buyer sees no levels at all, so that everything would look sold out.
  if (!lock?.system) throw new Error('Stock is reserved in a transaction as the system.');
  return lockLevels(work, variantIds, owner);
}

/** Locks the levels of variants. */
export function lockLevels(
  work: CommerceWork,
  variantIds: readonly string[],
  owner?: StockOwner,
): Promise<LockedLevel[]> {
  return work.em.execute<LockedLevel[]>(LOCK_LEVELS, [
    `{${variantIds.join()}}`,
    owner?.kind ?? null,
    owner?.id ?? null,
  ]);
}

/** Locks the level of one variant. @throws `NOT_FOUND` when there is none, or none that the caller may see */
export async function lockLevel(work: CommerceWork, variantId: string): Promise<LockedLevel> {
  const [level] = await lockLevels(work, [variantId]);
  if (!level) throw notFound('StockLevel');
  return level;
}

import type { CommerceWork } from '../context.ts';
import { announceStock, CHANGE, type LevelChange } from './announce-stock.ts';
import { currentHold, type HeldLine, isCommitted, isHeld } from './current-hold.ts';
import { postponeExpiry } from './extend-reservations.ts';
import { lockOwnerAndLevels, type StockOwner } from './lock-stock.ts';
import { checkLines, type StockLine } from './stock-lines.ts';

export interface StockRequest {
  readonly owner: StockOwner;
  readonly lines: readonly StockLine[];
  readonly expiresAt: Date;
}

/** A variant of which there is less than was asked for. */
export interface Shortage {
  readonly variantId: string;
  readonly requested: number;
  /** What the owner could have: what nobody else holds. */
  readonly available: number;
}

export type ReserveOutcome =
  /** The owner holds these lines, and no others. */
  | { readonly outcome: 'RESERVED'; readonly lines: readonly StockLine[]; readonly expiresAt: Date }
  /** Nothing was taken, and the owner still holds what it held. */
  | { readonly outcome: 'SHORT'; readonly shortages: readonly Shortage[] }
  /** What the owner reserved before is sold: it reserves nothing more. */
  | { readonly outcome: 'ALREADY_COMMITTED' };

interface Verdict {
  readonly fits: boolean;
  readonly shortages: readonly Shortage[];
  readonly changes: readonly LevelChange[];
}

/**
 * Frees what others held for too long and what the owner held so far, and takes what is asked for, or changes nothing for
 * the owner when any of it is short. What is freed goes before what is taken: an owner holds a variant once.
 */
const RESERVE = `
with line as (
  select * from jsonb_to_recordset(?::jsonb) as line (id uuid, "variantId" uuid, quantity integer)
), freeable as (
  select id, variant_id, quantity, true as own from stock_reservation
  where state = 'HELD' and owner_kind = ? and owner_id = ?
  union all
  select r.id, r.variant_id, r.quantity, false from line join stock_reservation r on r.variant_id = line."variantId"
  where r.state = 'HELD' and r.expires_at <= ? and (r.owner_kind, r.owner_id) <> (?, ?::uuid)
), verdict as (
  select line.*, l.shop_id, l.organization_id, coalesce(l.available, 0) + coalesce((
    select sum(quantity) from freeable where variant_id = line."variantId"), 0)::integer as available
  from line left join stock_level l on l.variant_id = line."variantId"
), outcome as (
  select bool_and(quantity <= available) as fits from verdict
), freed as (
  update stock_reservation r set state = case when f.own then 'RELEASED' else 'EXPIRED' end, settled_at = ?
  from freeable f, outcome where r.id = f.id and (outcome.fits or not f.own)
  returning r.variant_id, r.quantity
), taken as (
  insert into stock_reservation (id, variant_id, shop_id, organization_id, owner_kind, owner_id, hold, quantity, state,
    expires_at, created_at)
  select v.id, v."variantId", v.shop_id, v.organization_id, ?, ?, ?, v.quantity, 'HELD', ?, ?
  from verdict v, outcome, (select count(*) from freed) as after_all_were_freed where outcome.fits
  returning variant_id, quantity
), difference as (
  select variant_id, sum(quantity)::integer as quantity from (
    select variant_id, quantity from taken union all select variant_id, -quantity from freed
  ) as each group by variant_id
), changed as (
  update stock_level l set reserved = l.reserved + d.quantity, updated_at = ? from difference d
  where l.variant_id = d.variant_id and d.quantity <> 0 returning ${CHANGE}
)
select (select fits from outcome) as fits,
  (select coalesce(jsonb_agg(jsonb_build_object('variantId', "variantId", 'requested', quantity, 'available', available)
    order by "variantId"), '[]') from verdict where quantity > available) as shortages,
  (select coalesce(jsonb_agg(to_jsonb(changed)), '[]') from changed) as changes`;

/**
 * Makes an owner hold exactly these lines until a time, or tells what is short. Saying it again changes nothing but the
 * time. Runs as the system, in the caller's transaction where there is one, with one owner in it.
 *
 * @throws `BAD_USER_INPUT` for quantities that nobody can mean
 */
export function reserveStock(work: CommerceWork, { owner, lines, expiresAt }: StockRequest): Promise<ReserveOutcome> {
  const asked = checkLines(lines);
  return work.transaction(async () => {
    await lockOwnerAndLevels(
      work,
      owner,
      asked.map((line) => line.variantId),
    );
    const current = await currentHold(work, owner);
    if (current.some(isCommitted)) return { outcome: 'ALREADY_COMMITTED' };
    if (holdsExactly(current, asked)) {
      await postponeExpiry(work, owner, expiresAt);
      return { outcome: 'RESERVED', lines: asked, expiresAt };
    }
    const { fits, shortages, changes } = await take(work, { owner, lines: asked, expiresAt }, current[0]?.hold ?? 0);
    await announceStock(work, changes);
    return fits ? { outcome: 'RESERVED', lines: asked, expiresAt } : { outcome: 'SHORT', shortages };
  });
}

function holdsExactly(current: readonly HeldLine[], asked: readonly StockLine[]): boolean {
  return (
    current.length === asked.length &&
    current.every(
      (line, index) =>
        isHeld(line) && line.variantId === asked[index]!.variantId && line.quantity === asked[index]!.quantity,
    )
  );
}

async function take(work: CommerceWork, { owner, lines, expiresAt }: StockRequest, hold: number): Promise<Verdict> {
  const { kind, id } = owner;
  const now = work.now();
  const named = JSON.stringify(lines.map((line) => ({ ...line, id: work.newId() })));
  const freeing = [kind, id, now, kind, id, now];
  const [verdict] = await work.em.execute<Verdict[]>(RESERVE, [
    ...[named, ...freeing],
    ...[kind, id, hold + 1, expiresAt, now, now],
  ]);
  return verdict!;
}

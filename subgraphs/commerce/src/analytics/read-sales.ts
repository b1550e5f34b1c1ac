import type { EntityManager } from '@mikro-orm/postgresql';
import { LedgerAccount, LedgerKind } from '../ledger/ledger-account.ts';
import type { Day, DaySpan, SalesInterval } from './calendar.ts';
import type { Figures } from './sales-figures.ts';

/** What is asked for: days as they are in a time zone. */
export interface SalesRange extends DaySpan {
  readonly interval: SalesInterval;
  readonly timeZone: string;
}

/** A part of a shop's sales: in one currency, of one day. */
export interface SalesRow {
  readonly shopId: string;
  readonly currency: string;
  readonly day: Day;
  readonly figures: Partial<Figures>;
}

/**
 * A moment is told by the day it has in the time zone, which is right whatever clocks do there. So that an index is used,
 * it also lies between moments that are a day further off than any clock is turned.
 */
export const within = (moment: string): string => `
  ${moment} >= asked.first_day::timestamp at time zone 'UTC' - interval '2 days'
  and ${moment} < asked.last_day::timestamp at time zone 'UTC' + interval '3 days'
  and (${moment} at time zone asked.zone)::date between asked.first_day and asked.last_day`;

const dayOf = (moment: string): string => `to_char(${moment} at time zone asked.zone, 'YYYY-MM-DD')`;

export const ASKED = `(select ?::date as first_day, ?::date as last_day, ?::text as zone) asked`;

export const askedOf = ({ from, to, timeZone }: SalesRange): string[] => [from, to, timeZone];

// What was ordered, on the day it was.
const ORDERED = `
select part.shop_id, part.currency, ${dayOf('part.placed_at')} as day, count(*) as orders, sum(items.units) as units,
  sum(part.subtotal) as gross, sum(part.discount) as discount, sum(part.total) as ordered
from ${ASKED} cross join shop_order part
cross join lateral (select sum(quantity) as units from order_item item where item.shop_order_id = part.id) items
where part.shop_id = any(?::uuid[]) and ${within('part.placed_at')}
group by 1, 2, 3`;

const KINDS = [LedgerKind.CAPTURE, LedgerKind.REFUND_REQUESTED, LedgerKind.REFUND_FAILED];

// What became of the money, on the day it was posted, by the books: all lines of a shop that no payout has written.
const POSTED = `
select entry.shop_id, entry.currency, ${dayOf('entry.occurred_at')} as day,
  coalesce(sum(amount) filter (where kind = '${LedgerKind.CAPTURE}'), 0) as paid,
  -coalesce(sum(amount) filter (where kind <> '${LedgerKind.CAPTURE}'), 0) as refunds,
  coalesce(sum(amount) filter (where account = '${LedgerAccount.TAX_PAYABLE}'), 0) as tax,
  coalesce(sum(amount) filter (where account = '${LedgerAccount.PLATFORM_COMMISSION}'), 0) as commission,
  coalesce(sum(amount) filter (where account = '${LedgerAccount.SHOP_PAYABLE}'), 0) as net
from ${ASKED} cross join ledger_entry entry
where entry.shop_id = any(?::uuid[]) and kind in ('${KINDS.join("', '")}') and ${within('entry.occurred_at')}
group by 1, 2, 3`;

type Row = { shop_id: string; currency: string; day: Day } & Record<string, string>;

/** The sales of shops, in two statements however many shops and days they are. For whoever may see them. */
export async function readSales(
  em: EntityManager,
  shopIds: readonly string[],
  range: SalesRange,
): Promise<Map<string, SalesRow[]>> {
  const values = [...askedOf(range), `{${shopIds.join(',')}}`];
  const ordered = await em.execute<Row[]>(ORDERED, values);
  const posted = await em.execute<Row[]>(POSTED, values);
  const rows = [...ordered, ...posted].map(({ shop_id: shopId, currency, day, ...figures }) => ({
    ...{ shopId, currency, day },
    figures: Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value)])),
  }));
  return Map.groupBy(rows, ({ shopId }) => shopId);
}

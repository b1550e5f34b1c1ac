import { randomUUID } from 'node:crypto';
import type { TestClaims } from '@supergraph/testkit';
import type { StockOwner } from '../src/inventory/lock-stock.ts';
import type { StockLine } from '../src/inventory/stock-lines.ts';
import { reserveStock } from '../src/inventory/reserve-stock.ts';
import type { TestCommerce } from './story.ts';

const RECEIVE =
  'mutation ($input: ReceiveStockInput!) { receiveStock(input: $input) { id onHand reserved available low version } }';

/** A level as its shop sees it. */
export interface Level {
  readonly id: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
  readonly low: boolean;
  readonly version: number;
}

export async function receive(
  graph: TestCommerce,
  as: TestClaims,
  variantId: string,
  quantity: number,
): Promise<Level> {
  const input = { variantId, quantity, idempotencyKey: randomUUID() };
  return (await graph.data(RECEIVE, as, { input }))['receiveStock'];
}

export const aCart = (): StockOwner => ({ kind: 'CART', id: randomUUID() });

export const anOrder = (): StockOwner => ({ kind: 'ORDER', id: randomUUID() });

/** A time from now, as the test's clock has it. */
export const inMinutes = ({ clock }: TestCommerce, minutes: number): Date =>
  new Date(clock.now().getTime() + minutes * 60_000);

/** Reserves for fifteen minutes, in a transaction of its own. */
export const reserve = (graph: TestCommerce, owner: StockOwner, ...lines: StockLine[]) =>
  graph.runtime.asSystem((work) => reserveStock(work, { owner, lines, expiresAt: inMinutes(graph, 15) }));

/** On hand and reserved, as the table has them. */
export async function stockOf({ runtime }: TestCommerce, variantId: string): Promise<[number, number]> {
  const [row] = await runtime.asSystem(({ em }) =>
    em.execute<{ on_hand: number; reserved: number }[]>(
      'select on_hand, reserved from stock_level where variant_id = ?',
      [variantId],
    ),
  );
  return [row!.on_hand, row!.reserved];
}

const BROKEN = `
select l.variant_id, l.on_hand, l.reserved, coalesce(m.total, 0) as moved, coalesce(r.total, 0) as held
from stock_level l
left join (select variant_id, sum(quantity)::integer as total from stock_movement group by 1) m using (variant_id)
left join (
  select variant_id, sum(quantity)::integer as total from stock_reservation where state = 'HELD' group by 1
) r using (variant_id)
where l.on_hand <> coalesce(m.total, 0) or l.reserved <> coalesce(r.total, 0) or l.available <> l.on_hand - l.reserved
  or l.available < 0`;

/** The levels that say something else than their movements and reservations. */
export const brokenLevels = ({ runtime }: TestCommerce): Promise<object[]> =>
  runtime.asSystem(({ em }) => em.execute<object[]>(BROKEN));

/** For after each test, whatever it was about. */
export async function refuseBrokenLevels(graph: TestCommerce): Promise<void> {
  const broken = await brokenLevels(graph);
  if (broken.length > 0) throw new Error(`Stock that does not add up: ${JSON.stringify(broken)}`);
}

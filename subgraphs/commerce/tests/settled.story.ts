import type { TestCommerce } from './story.ts';

const UNSETTLED = {
  payments: `select id, state, pending from payment where pending is not null`,
  refunds: `select id, state from refund where state = 'PENDING'`,
  payouts: 'select id from payout where settled_at is null',
  orders: `select id from customer_order where state = 'PENDING_PAYMENT'`,
  held: `select id from stock_reservation where state = 'HELD'`,
  reserved: 'select id from stock_level where reserved <> 0',
  // What the bank has taken and given back is what we think it has.
  bank: `select p.id, captured - refunded as ours, b.net as theirs from payment p join lateral (
      select coalesce(sum(captured) filter (where kind = 'PAYMENT'), 0)
        - coalesce(sum(amount) filter (where kind = 'REFUND' and state = 'SUCCEEDED'), 0) as net
      from test_provider_object o where o.reference = p.provider_reference or o.parent = p.provider_reference) b on true
    where captured - refunded <> b.net`,
  // Nobody has paid for an order that came to nothing.
  nothing: `select o.id from customer_order o join payment p on p.id = o.payment_id
    where o.placed_at is null and o.state in ('CANCELLED', 'EXPIRED') and captured - refunded <> 0`,
};

/** At the end of the day nothing is under way, and nobody's money is where it should not be. @throws with what is */
export async function requireSettled(graph: TestCommerce): Promise<void> {
  for (const [what, sql] of Object.entries(UNSETTLED)) {
    const rows = await graph.runtime.asSystem(({ em }) => em.execute<object[]>(sql));
    if (rows.length > 0) throw new Error(`These are not settled: ${what}: ${JSON.stringify(rows)}`);
  }
}

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { LedgerAccount, LedgerKind } from '../src/ledger/ledger-account.ts';
import { type LedgerLine, postToLedger } from '../src/ledger/post-to-ledger.ts';
import { asChecking, paid, paymentOf, refund, select, type Vendor, vendor } from './payment.story.ts';
import { startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
let one: Vendor;
let paymentId: string;

beforeAll(async () => {
  graph = await startCommerce();
  one = await vendor(graph);
  paymentId = (await paid(graph, paymentOf([[one.shopId, 10_00]]))).id;
});

afterAll(() => graph.stop());

const post = (lines: readonly LedgerLine[], referenceId: string = randomUUID(), currency = 'CHF') =>
  asChecking(graph, (work) =>
    work.transaction(() => postToLedger(work, { kind: LedgerKind.CAPTURE, referenceId, currency, lines })),
  );
const clearing = (amount: number) => ({ account: LedgerAccount.PROVIDER_CLEARING, amount });
const buyers = (amount: number) => ({ account: LedgerAccount.BUYER_REFUNDS, amount });

describe('the ledger', () => {
  test('takes what adds up to zero, and nothing else', async () => {
    await post([clearing(-5), buyers(5)]);
    await expect(post([clearing(-5), buyers(4)])).rejects.toThrow('does not add up to zero');
    await expect(post([clearing(-5)])).rejects.toThrow('does not add up to zero');
  });

  test('does not add up currencies', async () => {
    const half = (currency: string, amount: number) => `insert into ledger_entry
      (id, transaction_id, kind, account, currency, amount, occurred_at)
      select gen_random_uuid(), id, kind, 'BUYER_REFUNDS', '${currency}', ${amount}, now() from made`;
    const mixed = asChecking(graph, ({ em }) =>
      em.transactional(async (inner) => {
        const made = `with made as (insert into ledger_transaction (id, kind, reference_id, occurred_at)
          values (gen_random_uuid(), 'CAPTURE', gen_random_uuid(), now()) returning id, kind)`;
        await inner.execute(`${made} ${half('CHF', 5)} union all select gen_random_uuid(), id, kind, 'BUYER_REFUNDS', 'EUR', -5, now() from made`); // prettier-ignore
      }),
    );
    await expect(mixed).rejects.toThrow('does not add up to zero');
  });

  test('takes each movement once', async () => {
    await expect(post([clearing(-10_00), buyers(10_00)], paymentId)).rejects.toThrow('ledger_transaction');
  });

  test.each([
    'update ledger_entry set amount = amount + 1',
    'delete from ledger_entry',
    'update ledger_transaction set occurred_at = now()',
    'delete from ledger_transaction',
  ])('refuses %s, also to an administrator', async (sql) => {
    await expect(select(graph, sql)).rejects.toThrow('append-only');
    const admin = new pg.Client({ connectionString: graph.database.url });
    await admin.connect();
    try {
      await admin.query('set search_path to commerce');
      await expect(admin.query(sql)).rejects.toThrow('append-only');
      await expect(admin.query('truncate ledger_entry cascade')).rejects.toThrow('append-only');
    } finally {
      await admin.end();
    }
  });

  test('is nothing that requests write', async () => {
    const written = graph.runtime.openEntityManager().execute(
      `insert into ledger_transaction (id, kind, reference_id, occurred_at)
        values (gen_random_uuid(), 'CAPTURE', gen_random_uuid(), now())`,
    );
    await expect(written).rejects.toThrow('row-level security');
  });
});

describe('the database', () => {
  test('refuses refunds above what was taken, whatever the code does', async () => {
    await refund(graph, paymentId, 9_00);
    const more = `insert into refund (id, payment_id, idempotency_key, amount, currency, reason, state, ask_after, created_at)
      values (gen_random_uuid(), ?, gen_random_uuid()::text, ?, 'CHF', 'None', 'PENDING', now(), now())`;
    await expect(select(graph, more, [paymentId, 1_01])).rejects.toThrow('exceed');
  });

  test('has of two refunds at once the second wait for the first, and fail when both do not fit', async () => {
    const { id } = await paid(graph, paymentOf([[one.shopId, 10_00]]));
    const sql = `insert into refund (id, payment_id, idempotency_key, amount, currency, reason, state, ask_after, created_at)
      values (gen_random_uuid(), '${id}', gen_random_uuid()::text, 600, 'CHF', 'None', 'PENDING', now(), now())`;
    const clients = [1, 2].map(() => new pg.Client({ connectionString: graph.database.url }));
    await Promise.all(clients.map((client) => client.connect()));
    try {
      const [first, second] = clients as [pg.Client, pg.Client];
      for (const client of clients) await client.query('set search_path to commerce');
      await first.query('begin');
      await first.query(sql);
      const late = second.query(sql).catch((error: Error) => error.message);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await first.query('commit');
      expect(await late).toContain('exceed');
    } finally {
      await Promise.all(clients.map((client) => client.end()));
    }
  });

  test.each([
    ['captured = amount + 1'],
    ['refunded = captured + 1'],
    ['refund_pending = captured'],
    [`state = 'REFUNDED'`],
    [`state = 'DECLINED'`],
    [`pending = 'VOID'`],
  ])('refuses a payment with %s', async (change) => {
    await expect(select(graph, `update payment set ${change} where id = ?`, [paymentId])).rejects.toThrow('payment_');
  });
});

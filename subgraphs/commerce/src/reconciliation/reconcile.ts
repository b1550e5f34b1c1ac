import { Money, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import type { LedgerAccount } from '../ledger/ledger-account.ts';
import type { PaymentState } from '../payment/payment-state.ts';
import { mayReadBooks } from '../payment/payment.policy.ts';
import { compareWithProvider } from './compare-with-provider.ts';
import type { LedgerTotal, ReconciliationReport } from './reconciliation.types.ts';

const PAYMENTS = `select state, currency, count(*)::int as count, sum(amount) as amount, sum(captured) as captured,
  sum(refunded) as refunded from payment group by state, currency order by state, currency`;

const LEDGER = `select currency, sum(amount) as sum,
  -coalesce(sum(amount) filter (where account = 'PROVIDER_CLEARING' and kind in ('CAPTURE', 'REFUND_PAID')), 0) as posted
  from ledger_entry group by currency order by currency`;

const ACCOUNTS = `select account, currency, sum(amount) as balance from ledger_entry
  group by account, currency order by account, currency`;

const UNSETTLED = `select (select count(*) from payment where pending is not null and next_action is null and updated_at < ?)
  + (select count(*) from refund where state = 'PENDING' and created_at < ?)
  + (select count(*) from owed_refund where state = 'OWED' and created_at < ?)
  + (select count(*) from payout where state in ('PENDING', 'IN_TRANSIT') and created_at < ?) as count`;

const REFUSED = 'select coalesce(sum(count), 0) as count from provider_event_refusal where day > ?';

const TOLD = `select subject_id as about, coalesce(reason, 'It contradicts us.') as reason, received_at as noticed_at
  from provider_event where outcome = 'CONFLICTING' order by received_at desc limit 50`;

const LONG_MS = 15 * 60 * 1_000;
const MONTH_MS = 30 * 24 * 60 * 60 * 1_000;

/** Lays payments, books and provider side by side, for staff. Asks the provider, so not within a transaction. */
export async function reconcile(work: CommerceWork, _input: object): Promise<ReconciliationReport> {
  permit(work.session, mayReadBooks(work.session));
  const madeAt = work.now();
  const report = await asSystem(work, async () => {
    const read = <Row>(sql: string, values: readonly unknown[] = []) => work.em.execute<Row[]>(sql, [...values]);
    const payments = (await read<StateRow>(PAYMENTS)).map(({ state, count, currency, amount, captured, refunded }) => ({
      ...{ state, count },
      amount: new Money(Number(amount), currency),
      captured: new Money(Number(captured), currency),
      refunded: new Money(Number(refunded), currency),
    }));
    const accounts = (await read<{ account: LedgerAccount; currency: string; balance: string }>(ACCOUNTS)).map(
      ({ account, currency, balance }) => ({ account, balance: new Money(Number(balance), currency) }),
    );
    const books = await read<BookRow>(LEDGER);
    const long = new Date(madeAt.getTime() - LONG_MS);
    const [unsettled] = await read<{ count: string }>(UNSETTLED, [long, long, long, long]);
    const [refused] = await read<{ count: string }>(REFUSED, [new Date(madeAt.getTime() - MONTH_MS)]);
    const told = await read<{ about: string | null; reason: string; noticed_at: Date }>(TOLD);
    return {
      ...{ madeAt, payments, accounts },
      ledger: ledgerOf(books, payments),
      unsettledCount: Number(unsettled!.count),
      refusedEventCount: Number(refused!.count),
      told: told.map(({ about, reason, noticed_at }) => ({ about, reason, noticedAt: new Date(noticed_at) })),
    };
  });
  const { told, ...rest } = report;
  const { comparedCount, found } = await compareWithProvider(work);
  return { ...rest, comparedCount, disagreements: [...found, ...told] };
}

interface StateRow {
  readonly state: PaymentState;
  readonly currency: string;
  readonly count: number;
  readonly amount: string;
  readonly captured: string;
  readonly refunded: string;
}

interface BookRow {
  readonly currency: string;
  readonly sum: string;
  readonly posted: string;
}

/** Every currency that there is a payment or a line in. */
function ledgerOf(books: readonly BookRow[], payments: readonly { captured: Money; refunded: Money }[]): LedgerTotal[] {
  const currencies = new Set([...books, ...payments.map(({ captured }) => captured)].map(({ currency }) => currency));
  return [...currencies].sort().map((currency) => {
    const book = books.find((one) => one.currency === currency);
    const sum = new Money(Number(book?.sum ?? 0), currency);
    const netPosted = new Money(Number(book?.posted ?? 0), currency);
    const netPaid = payments
      .filter(({ captured }) => captured.currency === currency)
      .reduce((net, { captured, refunded }) => net.plus(captured).minus(refunded), Money.zero(currency));
    return { sum, netPaid, netPosted, agrees: sum.amount === 0 && netPaid.equals(netPosted) };
  });
}

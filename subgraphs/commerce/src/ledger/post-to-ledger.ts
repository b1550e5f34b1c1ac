import type { CommerceWork } from '../context.ts';
import type { LedgerAccount, LedgerKind } from './ledger-account.ts';

/** One line: to whom, and how much more is owed to them. */
export interface LedgerLine {
  readonly account: LedgerAccount;
  readonly shop?: { readonly shopId: string; readonly organizationId: string };
  readonly amount: number;
}

export interface LedgerPosting {
  readonly kind: LedgerKind;
  /** The payment, refund or payout. The same is posted once. */
  readonly referenceId: string;
  readonly currency: string;
  readonly lines: readonly LedgerLine[];
}

const TRANSACTION = 'insert into ledger_transaction (id, kind, reference_id, occurred_at) values (?, ?, ?, ?)';

const ENTRY = `insert into ledger_entry
  (id, transaction_id, kind, account, shop_id, organization_id, currency, amount, occurred_at)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/**
 * Writes a movement of money into the books, as the system and within its transaction. The database refuses one that does
 * not add up to zero when that is committed, and at once one that is there already.
 */
export async function postToLedger(
  work: CommerceWork,
  { kind, referenceId, currency, lines }: LedgerPosting,
): Promise<void> {
  const transactionId = work.newId();
  await work.em.execute(TRANSACTION, [transactionId, kind, referenceId, work.now()], 'run');
  for (const { account, shop, amount } of lines.filter((line) => line.amount !== 0)) {
    const whose = [account, shop?.shopId ?? null, shop?.organizationId ?? null];
    const values = [work.newId(), transactionId, kind, ...whose, currency, amount, work.now()];
    await work.em.execute(ENTRY, values, 'run');
  }
}

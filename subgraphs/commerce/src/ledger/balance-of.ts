import type { EntityManager } from '@mikro-orm/postgresql';
import { LedgerAccount } from './ledger-account.ts';

const BALANCE = `select coalesce(sum(amount), 0) as balance from ledger_entry
  where account = '${LedgerAccount.SHOP_PAYABLE}' and shop_id = ? and currency = ?`;

/** What is owed to a shop, in minor units: below zero when it gave more back than it had left. */
export async function balanceOf(em: EntityManager, shopId: string, currency: string): Promise<number> {
  const [row] = await em.execute<{ balance: string }[]>(BALANCE, [shopId, currency]);
  return Number(row!.balance);
}

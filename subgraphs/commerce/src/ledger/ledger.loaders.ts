import { createPageLoader, Money, type PageArguments } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import type { CommerceReader } from '../context.ts';
import { asBookkeeper, pageAsBookkeeper } from '../payment/payment.loaders.ts';
import { LedgerAccount } from './ledger-account.ts';
import { LedgerEntry } from './ledger-entry.entity.ts';

const BALANCES = `select shop_id, currency, sum(amount) as balance from ledger_entry
  where account = '${LedgerAccount.SHOP_PAYABLE}' and shop_id = any(?::uuid[])
  group by shop_id, currency order by shop_id, currency`;

/** The books of shops, for whoever may see those inside: that has to be checked before. */
export function createLedgerLoaders({ em, session }: CommerceReader) {
  const entries = createPageLoader(em, LedgerEntry, {
    partitionBy: 'shopId',
    list: () => ({ orderBy: { occurredAt: 'desc' } }),
  });
  return {
    ledgerEntriesOfShop: {
      load: (shopId: string, args: PageArguments) => pageAsBookkeeper(session, () => entries.load(shopId, args)),
    },
    balancesOfShop: new DataLoader<string, Money[]>(async (shopIds) => {
      const rows = await asBookkeeper(session, () =>
        em.execute<{ shop_id: string; currency: string; balance: string }[]>(BALANCES, [`{${shopIds.join(',')}}`]),
      );
      const byShop = Map.groupBy(rows, (row) => row.shop_id);
      return shopIds.map((id) =>
        (byShop.get(id) ?? []).map(({ balance, currency }) => new Money(Number(balance), currency)),
      );
    }),
  };
}

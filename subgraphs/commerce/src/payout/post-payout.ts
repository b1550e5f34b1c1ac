import type { CommerceWork } from '../context.ts';
import { LedgerAccount, LedgerKind } from '../ledger/ledger-account.ts';
import { postToLedger } from '../ledger/post-to-ledger.ts';
import type { Payout } from './payout.entity.ts';

const { SHOP_PAYABLE, PAYOUT_IN_TRANSIT, PROVIDER_CLEARING } = LedgerAccount;

/** It is the shop's to have no longer, so that it is not paid out twice. */
export function postPayoutRequested(work: CommerceWork, payout: Payout): Promise<void> {
  return move(work, LedgerKind.PAYOUT_REQUESTED, payout, SHOP_PAYABLE, PAYOUT_IN_TRANSIT);
}

export function postPayoutPaid(work: CommerceWork, payout: Payout): Promise<void> {
  return move(work, LedgerKind.PAYOUT_PAID, payout, PAYOUT_IN_TRANSIT, PROVIDER_CLEARING);
}

/** It is in the shop's balance again. */
export function postPayoutFailed(work: CommerceWork, payout: Payout): Promise<void> {
  return move(work, LedgerKind.PAYOUT_FAILED, payout, PAYOUT_IN_TRANSIT, SHOP_PAYABLE);
}

function move(work: CommerceWork, kind: LedgerKind, payout: Payout, from: LedgerAccount, to: LedgerAccount) {
  const { id: referenceId, shopId, organizationId, currency, amount } = payout;
  const line = (account: LedgerAccount, part: number) =>
    account === PROVIDER_CLEARING
      ? { account, amount: part }
      : { account, shop: { shopId, organizationId }, amount: part };
  return postToLedger(work, { kind, referenceId, currency, lines: [line(from, -amount), line(to, amount)] });
}

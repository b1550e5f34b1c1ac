import type { CommerceWork } from '../context.ts';
import { LedgerAccount, LedgerKind } from '../ledger/ledger-account.ts';
import { type LedgerLine, postToLedger } from '../ledger/post-to-ledger.ts';
import type { PaymentShare } from './payment-share.entity.ts';
import type { Payment } from './payment.entity.ts';
import type { RefundShare } from './refund-share.entity.ts';
import type { Refund } from './refund.entity.ts';

interface Split {
  readonly shopId: string;
  readonly organizationId: string;
  readonly amount: number;
  readonly commission: number;
  readonly tax: number;
}

/** The provider has the money: it is owed to the shops, but for commission and tax. */
export function postCapture(work: CommerceWork, payment: Payment, shares: readonly PaymentShare[]): Promise<void> {
  const { id: referenceId, currency, captured } = payment;
  const lines = [{ account: LedgerAccount.PROVIDER_CLEARING, amount: -captured }, ...linesOf(shares, 1)];
  return postToLedger(work, { kind: LedgerKind.CAPTURE, referenceId, currency, lines });
}

/** What is asked back is the shops' no longer, so that it is not paid out to them meanwhile. */
export function postRefundRequested(work: CommerceWork, refund: Refund, shares: readonly RefundShare[]): Promise<void> {
  const { id: referenceId, currency, amount } = refund;
  const lines = [{ account: LedgerAccount.BUYER_REFUNDS, amount }, ...linesOf(shares, -1)];
  return postToLedger(work, { kind: LedgerKind.REFUND_REQUESTED, referenceId, currency, lines });
}

export function postRefundPaid(work: CommerceWork, { id: referenceId, currency, amount }: Refund): Promise<void> {
  const lines = [
    { account: LedgerAccount.BUYER_REFUNDS, amount: -amount },
    { account: LedgerAccount.PROVIDER_CLEARING, amount },
  ];
  return postToLedger(work, { kind: LedgerKind.REFUND_PAID, referenceId, currency, lines });
}

export function postRefundFailed(work: CommerceWork, refund: Refund, shares: readonly RefundShare[]): Promise<void> {
  const { id: referenceId, currency, amount } = refund;
  const lines = [{ account: LedgerAccount.BUYER_REFUNDS, amount: -amount }, ...linesOf(shares, 1)];
  return postToLedger(work, { kind: LedgerKind.REFUND_FAILED, referenceId, currency, lines });
}

function linesOf(splits: readonly Split[], sign: 1 | -1): LedgerLine[] {
  return splits.flatMap(({ shopId, organizationId, amount, commission, tax }) => {
    const shop = { shopId, organizationId };
    return [
      { account: LedgerAccount.SHOP_PAYABLE, shop, amount: sign * (amount - commission - tax) },
      { account: LedgerAccount.PLATFORM_COMMISSION, shop, amount: sign * commission },
      { account: LedgerAccount.TAX_PAYABLE, shop, amount: sign * tax },
    ];
  });
}

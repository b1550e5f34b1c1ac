import type { PaymentShare } from './payment-share.entity.ts';

/** What of a refund is of one shop. */
export interface RefundPart {
  readonly share: PaymentShare;
  readonly amount: number;
  readonly commission: number;
  readonly tax: number;
}

/**
 * Splits a refund over shares by what is left of each, to the minor unit: what rounding leaves over goes to those that
 * lost most by it, and among equals to the first.
 */
export function splitRefund(shares: readonly PaymentShare[], amount: number): RefundPart[] {
  const left = shares.map((share) => share.amount - share.refunded);
  const total = left.reduce((sum, part) => sum + part, 0);
  if (amount > total) throw new RangeError('More is given back than there is left.');
  const parts = left.map((part, index) => {
    const exact = BigInt(part) * BigInt(amount);
    return { index, amount: Number(exact / BigInt(total)), rest: exact % BigInt(total) };
  });
  let over = amount - parts.reduce((sum, part) => sum + part.amount, 0);
  for (const part of [...parts].sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))) {
    if (over === 0) break;
    part.amount += 1;
    over -= 1;
  }
  return parts
    .filter((part) => part.amount > 0)
    .map((part) => ({ share: shares[part.index]!, amount: part.amount, ...within(shares[part.index]!, part.amount) }));
}

/**
 * How much commission and tax is within a part that is given back. Counted from what will have been given back
 * altogether, so that a share in a hundred parts gives back exactly what it gives in one.
 */
function within(share: PaymentShare, amount: number): { commission: number; tax: number } {
  const then = share.refunded + amount;
  const due = (whole: number, already: number) => {
    const until = Number((BigInt(whole) * BigInt(then)) / BigInt(share.amount));
    return Math.max(0, until - already);
  };
  return { commission: due(share.commission, share.refundedCommission), tax: due(share.tax, share.refundedTax) };
}

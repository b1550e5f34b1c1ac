import { registerEnumType } from 'type-graphql';

export enum LedgerAccount {
  PROVIDER_CLEARING = 'PROVIDER_CLEARING',
  SHOP_PAYABLE = 'SHOP_PAYABLE',
  PLATFORM_COMMISSION = 'PLATFORM_COMMISSION',
  TAX_PAYABLE = 'TAX_PAYABLE',
  BUYER_REFUNDS = 'BUYER_REFUNDS',
  PAYOUT_IN_TRANSIT = 'PAYOUT_IN_TRANSIT',
}

registerEnumType(LedgerAccount, {
  name: 'LedgerAccount',
  description: 'Whose the money of a ledger entry is.',
  valuesConfig: {
    PROVIDER_CLEARING: { description: 'What the payment provider holds for us, counted below zero.' },
    SHOP_PAYABLE: { description: 'What is owed to the shop.' },
    PLATFORM_COMMISSION: { description: 'The platform’s share.' },
    TAX_PAYABLE: { description: 'Tax that was collected with the price.' },
    BUYER_REFUNDS: { description: 'What is to be given back to buyers.' },
    PAYOUT_IN_TRANSIT: { description: 'What is on its way to the shop.' },
  },
});

export enum LedgerKind {
  CAPTURE = 'CAPTURE',
  REFUND_REQUESTED = 'REFUND_REQUESTED',
  REFUND_PAID = 'REFUND_PAID',
  REFUND_FAILED = 'REFUND_FAILED',
  PAYOUT_REQUESTED = 'PAYOUT_REQUESTED',
  PAYOUT_PAID = 'PAYOUT_PAID',
  PAYOUT_FAILED = 'PAYOUT_FAILED',
}

registerEnumType(LedgerKind, {
  name: 'LedgerKind',
  description: 'What moved money in the ledger.',
  valuesConfig: {
    CAPTURE: { description: 'A payment was taken, and split.' },
    REFUND_REQUESTED: { description: 'Money is to be given back.' },
    REFUND_PAID: { description: 'Money was given back.' },
    REFUND_FAILED: { description: 'Money could not be given back, and is the shop’s again.' },
    PAYOUT_REQUESTED: { description: 'A shop is to be paid.' },
    PAYOUT_PAID: { description: 'A shop was paid.' },
    PAYOUT_FAILED: { description: 'A shop could not be paid, and has its balance back.' },
  },
});

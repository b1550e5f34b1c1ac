import { registerEnumType } from 'type-graphql';

export enum PaymentState {
  CREATED = 'CREATED',
  AUTHORIZED = 'AUTHORIZED',
  CAPTURED = 'CAPTURED',
  PARTIALLY_REFUNDED = 'PARTIALLY_REFUNDED',
  REFUNDED = 'REFUNDED',
  DECLINED = 'DECLINED',
  CANCELLED = 'CANCELLED',
  FAILED = 'FAILED',
}

registerEnumType(PaymentState, {
  name: 'PaymentState',
  description: 'How far a payment has come.',
  valuesConfig: {
    CREATED: { description: 'It is not decided yet; `nextAction` says whether that is up to the buyer.' },
    AUTHORIZED: { description: 'The money is reserved.' },
    CAPTURED: { description: 'The money is taken.' },
    PARTIALLY_REFUNDED: { description: 'A part of the money was given back.' },
    REFUNDED: { description: 'All of the money was given back.' },
    DECLINED: { description: 'The buyer’s bank said no.' },
    CANCELLED: { description: 'It was given up before any money was taken.' },
    FAILED: { description: 'It came to nothing for another reason.' },
  },
});

export enum RefundState {
  PENDING = 'PENDING',
  SUCCEEDED = 'SUCCEEDED',
  FAILED = 'FAILED',
}

registerEnumType(RefundState, {
  name: 'RefundState',
  description: 'How far a refund has come.',
  valuesConfig: {
    PENDING: { description: 'The provider has not said what became of it.' },
    SUCCEEDED: { description: 'The money is on its way to the buyer.' },
    FAILED: { description: 'The provider could not give the money back, and it stays with the shop.' },
  },
});

/** What a provider is asked for, until it has answered for good. */
export enum PendingStep {
  AUTHORIZE = 'AUTHORIZE',
  CAPTURE = 'CAPTURE',
  VOID = 'VOID',
}

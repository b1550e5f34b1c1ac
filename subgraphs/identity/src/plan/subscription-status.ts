import { registerEnumType } from 'type-graphql';

export enum SubscriptionStatus {
  ACTIVE = 'ACTIVE',
  PAST_DUE = 'PAST_DUE',
  CANCELLED = 'CANCELLED',
}

registerEnumType(SubscriptionStatus, {
  name: 'SubscriptionStatus',
  description: 'Where a subscription of a plan stands.',
  valuesConfig: {
    ACTIVE: { description: 'Paid for until the end of the period.' },
    PAST_DUE: { description: 'The period is over without a renewal; the limits hold for another 14 days.' },
    CANCELLED: { description: 'Over: the person is on `FREE`, or has another subscription.' },
  },
});

import { registerEnumType } from 'type-graphql';

export enum FulfillmentState {
  SENT = 'SENT',
  DELIVERED = 'DELIVERED',
  UNDONE = 'UNDONE',
}

registerEnumType(FulfillmentState, {
  name: 'FulfillmentState',
  description: 'What became of a parcel.',
  valuesConfig: {
    SENT: { description: 'It is on its way.' },
    DELIVERED: { description: 'It has arrived.' },
    UNDONE: { description: 'It was noted by mistake, and never sent.' },
  },
});

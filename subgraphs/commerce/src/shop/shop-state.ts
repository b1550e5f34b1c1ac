import { registerEnumType } from 'type-graphql';

export enum ShopState {
  PENDING_APPROVAL = 'PENDING_APPROVAL',
  OPEN = 'OPEN',
  SUSPENDED = 'SUSPENDED',
  CLOSED = 'CLOSED',
}

registerEnumType(ShopState, {
  name: 'ShopState',
  description: 'Whether a shop may sell.',
  valuesConfig: {
    PENDING_APPROVAL: { description: 'It is being set up, and only its own people see it.' },
    OPEN: { description: 'Everybody sees it and can buy.' },
    SUSPENDED: { description: 'The platform has stopped it. Nothing of it can be bought.' },
    CLOSED: { description: 'It has given up, for good.' },
  },
});

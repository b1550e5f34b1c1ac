import { registerEnumType } from 'type-graphql';

export enum OrderState {
  PENDING_PAYMENT = 'PENDING_PAYMENT',
  PLACED = 'PLACED',
  PARTIALLY_FULFILLED = 'PARTIALLY_FULFILLED',
  FULFILLED = 'FULFILLED',
  DELIVERED = 'DELIVERED',
  CANCELLED = 'CANCELLED',
  EXPIRED = 'EXPIRED',
  PARTIALLY_RETURNED = 'PARTIALLY_RETURNED',
  RETURNED = 'RETURNED',
}

registerEnumType(OrderState, {
  name: 'OrderState',
  description: 'How far an order, or the part of it that one shop sells, has come.',
  valuesConfig: {
    PENDING_PAYMENT: { description: 'What was bought is held until it is paid.' },
    PLACED: { description: 'It is paid, or there was nothing to pay, and the shop is to send it.' },
    PARTIALLY_FULFILLED: { description: 'A part of it was sent.' },
    FULFILLED: { description: 'All of it was sent.' },
    DELIVERED: { description: 'All of it has arrived.' },
    CANCELLED: { description: 'It came to nothing.' },
    EXPIRED: { description: 'It was not paid in time.' },
    PARTIALLY_RETURNED: { description: 'A part of it was sent back.' },
    RETURNED: { description: 'All of it was sent back.' },
  },
});

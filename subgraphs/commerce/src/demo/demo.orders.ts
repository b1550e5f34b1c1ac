import type { DemoShop } from './demo.catalogue.ts';

/** Something that somebody of the demo buys, and what becomes of it. */
export interface DemoOrder {
  readonly buyer: DemoShop['owner'];
  /** The currency of what is bought; several shops may sell in it. */
  readonly currency: string;
  /** How many of each of some things. */
  readonly quantities: readonly number[];
  /** How it is paid, as the test provider understands it; nothing for a cart that is left. */
  readonly paymentMethod?: 'test_card' | 'test_decline' | 'test_action';
  readonly promotion?: string;
  /** What happens after it was bought, see `finish-order.ts`; without it an order waits to be sent. */
  readonly ends?: DemoEnd;
  /** What the buyer thinks of the first thing. */
  readonly review?: { readonly rating: number; readonly title: string; readonly body: string; readonly reply?: string };
}

export type DemoEnd =
  'EXPIRED' | 'CANCELLED' | 'PARTLY_SENT' | 'SENT' | 'DELIVERED' | 'PARTLY_RETURNED' | 'RETURNED' | 'ASKED_BACK';

/** Whoever leaves an order unpaid comes last: until it is paid or given up they buy nothing else. */
export const demoOrders: readonly DemoOrder[] = [
  { buyer: 'customer', currency: 'USD', quantities: [1, 2], paymentMethod: 'test_card' },
  { buyer: 'customer', currency: 'EUR', quantities: [2], paymentMethod: 'test_card', promotion: 'BONJOUR10' },
  { buyer: 'customer', currency: 'JPY', quantities: [1, 1, 1], paymentMethod: 'test_card' },
  { buyer: 'owner', currency: 'KWD', quantities: [1], paymentMethod: 'test_card' },
  { buyer: 'agent', currency: 'EUR', quantities: [2, 1], paymentMethod: 'test_card', ends: 'PARTLY_SENT' },
  { buyer: 'owner', currency: 'KWD', quantities: [1, 1], paymentMethod: 'test_card', ends: 'SENT' },
  {
    ...{ buyer: 'agent', currency: 'EUR', quantities: [1], paymentMethod: 'test_card', ends: 'DELIVERED' },
    review: {
      ...{ rating: 5, title: 'As it was described', body: 'Well packed, and here two days later.' },
      reply: 'Thank you, and see you again!',
    },
  },
  {
    ...{ buyer: 'vendor', currency: 'USD', quantities: [2], paymentMethod: 'test_card', ends: 'PARTLY_RETURNED' },
    review: {
      rating: 3,
      title: 'One of two',
      body: 'One was fine. The other I sent back, and had my money within a day.',
    },
  },
  { buyer: 'agent', currency: 'KWD', quantities: [1], paymentMethod: 'test_card', ends: 'RETURNED' },
  { buyer: 'vendor', currency: 'KWD', quantities: [1], paymentMethod: 'test_card', ends: 'ASKED_BACK' },
  { buyer: 'owner', currency: 'JPY', quantities: [2], paymentMethod: 'test_card', ends: 'CANCELLED' },
  { buyer: 'owner', currency: 'EUR', quantities: [1, 3], paymentMethod: 'test_decline' },
  { buyer: 'agent', currency: 'USD', quantities: [1], paymentMethod: 'test_action', ends: 'EXPIRED' },
  { buyer: 'vendor', currency: 'JPY', quantities: [1, 2], paymentMethod: 'test_action' },
  { buyer: 'customer', currency: 'USD', quantities: [1, 1] },
];

export const demoPromotions = [
  {
    shop: 'harbor-audio',
    currency: 'USD',
    code: 'HARBOR15',
    description: '15 % on everything',
    rate: 1_500,
    minimum: 5_000,
  },
  {
    shop: 'atelier-lumen',
    currency: 'EUR',
    code: 'BONJOUR10',
    description: '10 % for a first lamp',
    rate: 1_000,
    minimum: 0,
  },
] as const;

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
  /** What happens after it was bought: see `finish` in `seed-demo.ts`. */
  readonly ends?: 'EXPIRED';
}

/** Whoever leaves an order unpaid comes last: until it is paid or given up they buy nothing else. */
export const demoOrders: readonly DemoOrder[] = [
  { buyer: 'customer', currency: 'USD', quantities: [1, 2], paymentMethod: 'test_card' },
  { buyer: 'customer', currency: 'EUR', quantities: [2], paymentMethod: 'test_card', promotion: 'BONJOUR10' },
  { buyer: 'customer', currency: 'JPY', quantities: [1, 1, 1], paymentMethod: 'test_card' },
  { buyer: 'owner', currency: 'KWD', quantities: [1], paymentMethod: 'test_card' },
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

import { createUnionType } from 'type-graphql';
import { Order } from '../references/order.reference.ts';
import { Product } from '../references/product.reference.ts';
import { ShopOrder } from '../references/shop-order.reference.ts';
import { Shop } from '../references/shop.reference.ts';

/** What kinds of things a notification can be about. */
export enum SubjectType {
  ORDER = 'ORDER',
  SHOP_ORDER = 'SHOP_ORDER',
  SHOP = 'SHOP',
  PRODUCT = 'PRODUCT',
}

const REFERENCES = {
  [SubjectType.ORDER]: Order,
  [SubjectType.SHOP_ORDER]: ShopOrder,
  [SubjectType.SHOP]: Shop,
  [SubjectType.PRODUCT]: Product,
} as const;

export const NotificationSubject = createUnionType({
  name: 'NotificationSubject',
  description: 'What a notification is about.',
  types: () => [Order, ShopOrder, Shop, Product] as const,
});

/** A thing by its type and id. */
export interface Subject {
  readonly type: SubjectType;
  readonly id: string;
}

/** The thing as the graph knows it, for its owner to say more of. */
export function referTo({ type, id }: Subject): Order | ShopOrder | Shop | Product {
  return Object.assign(new REFERENCES[type](), { id });
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { Session, withRowScope } from '@supergraph/subgraph-kit';
import { ShopState } from '../shop/shop-state.ts';

/** Something in a cart, and what its shop says of it now. */
export interface Offer {
  readonly id: string;
  readonly cartId: string;
  readonly variantId: string;
  readonly productId: string;
  readonly shopId: string;
  readonly organizationId: string;
  readonly shopName: string;
  readonly shopState: ShopState;
  readonly taxRate: number;
  readonly pricesIncludeTax: boolean;
  readonly commissionRate: number;
  readonly returnDays: number;
  readonly title: string;
  readonly sku: string;
  readonly quantity: number;
  readonly agreedPrice: number;
  readonly price: number;
  readonly currency: string;
  /** Whether the variant and its product are on offer, whatever the shop's state. */
  readonly isOffered: boolean;
  /** How many nobody else has bought or is about to pay. */
  readonly available: number;
}

const OFFERS = `
select item.id, item.cart_id as "cartId", item.variant_id as "variantId", variant.product_id as "productId",
  shop.id as "shopId", shop.name as "shopName", shop.state as "shopState", shop.tax_rate as "taxRate",
  shop.organization_id as "organizationId", shop.prices_include_tax as "pricesIncludeTax",
  shop.commission_rate as "commissionRate", shop.return_days as "returnDays", variant.sku, item.quantity, item.agreed_price::float8 as "agreedPrice",
  variant.price::float8 as price, variant.currency,
  case when variant.title = product.title then product.title else product.title || ' – ' || variant.title end as title,
  variant.active and product.status = 'ACTIVE' as "isOffered", coalesce(level.available, 0) as available
from cart_item item
join product_variant variant on variant.id = item.variant_id
join product on product.id = variant.product_id
join shop on shop.id = variant.shop_id
left join stock_level level on level.variant_id = variant.id
where item.cart_id = any(?::uuid[])
order by item.added_at, item.id`;

/**
 * What is in carts, in the order it was added, in one statement. As the system: a buyer has to be told why something cannot be
 * bought any more that nobody sees any more. Whoever asks has been found to have the carts.
 */
export function readOffers(em: EntityManager, cartIds: readonly string[]): Promise<Offer[]> {
  return withRowScope(Session.system(), () => em.execute<Offer[]>(OFFERS, [`{${cartIds.join(',')}}`]));
}

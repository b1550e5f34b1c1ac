import { badUserInput, conflict, isIdentifier, notFound } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { CartEntry, MAX_QUANTITY } from './cart-entry.entity.ts';
import type { Cart } from './cart.entity.ts';
import type { CartItemInput } from './cart.inputs.ts';
import { type ChangedCart, withNewCart } from './take-cart.ts';

const MAX_ITEMS = 100;

/** What is on offer now, as everybody sees it. */
const OFFERED = `
select variant.id, variant.shop_id as "shopId", variant.price::float8 as price, variant.currency
from product_variant variant
join product on product.id = variant.product_id
where variant.id = ? and variant.active and product.listed`;

export interface OfferedVariant {
  readonly id: string;
  readonly shopId: string;
  readonly price: number;
  readonly currency: string;
}

/**
 * Puts something into the caller's cart, or more of what is in it. Whoever adds it has seen what it costs now, and agrees.
 *
 * @throws `NOT_FOUND` for what is not on offer, `BAD_USER_INPUT` for another currency or more than 999, `CONFLICT` for
 *   more than 100 different things
 */
export async function addToCart(work: CommerceWork, input: CartItemInput): Promise<ChangedCart> {
  const variant = await findOffered(work, input.variantId);
  return withNewCart(work, input.token, async (cart) => {
    cart.take(variant.currency);
    putIn(work, cart, await work.em.find(CartEntry, { cartId: cart.id }), variant, input.quantity);
  });
}

export async function findOffered(work: CommerceWork, variantId: string): Promise<OfferedVariant> {
  const [variant] = isIdentifier(variantId) ? await work.em.execute<OfferedVariant[]>(OFFERED, [variantId]) : [];
  if (!variant) throw notFound('Product variant');
  return variant;
}

/** @param entries all that are in the cart; a new one is added to them */
export function putIn(
  work: CommerceWork,
  cart: Cart,
  entries: CartEntry[],
  variant: OfferedVariant,
  quantity: number,
): void {
  const entry = entries.find(({ variantId }) => variantId === variant.id);
  const together = (entry?.quantity ?? 0) + quantity;
  if (together > MAX_QUANTITY) {
    throw badUserInput([{ path: 'input.quantity', message: `No more than ${MAX_QUANTITY} of one thing at a time.` }]);
  }
  if (entry) {
    Object.assign(entry, { quantity: together, agreedPrice: variant.price });
    return;
  }
  if (entries.length >= MAX_ITEMS) throw conflict(`No more than ${MAX_ITEMS} different things at a time.`);
  const added = work.em.create(CartEntry, {
    id: work.newId(),
    cartId: cart.id,
    variantId: variant.id,
    shopId: variant.shopId,
    quantity,
    agreedPrice: variant.price,
    addedAt: work.now(),
  });
  entries.push(added);
}

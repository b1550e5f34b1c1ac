import { Money } from '@supergraph/subgraph-kit';
import { priceLines } from '../pricing/price-lines.ts';
import type { Promotion } from '../promotion/promotion.entity.ts';
import { ShopState } from '../shop/shop-state.ts';
import type { Offer } from './cart.offers.ts';
import { type CartProblem, CartProblemKind, type CartSummary, totalsOf } from './cart.types.ts';

/** What a cart costs now and what stands in the way of buying it. What cannot be bought costs nothing. */
export function summarizeCart(offers: readonly Offer[], promotions: readonly Promotion[], now: Date): CartSummary {
  const buyable = offers.filter((offer) => offer.isOffered && offer.shopState === ShopState.OPEN);
  const currency = offers[0]?.currency;
  const lines = buyable.map(({ id, shopId, price, quantity }) => ({ id, shopId, quantity, unitPrice: price }));
  const terms = new Map(offers.map((offer) => [offer.shopId, offer]));
  const counting = countingPromotions(promotions, buyable, currency, now);
  const pricing = priceLines(
    lines,
    terms,
    counting.map((promotion) => promotion.asDiscount()),
  );
  const priced = new Map(pricing.lines.map((line) => [line.id, line]));
  const money = (amount: number) => new Money(amount, currency!);
  return {
    items: offers.map((offer) => {
      const line = priced.get(offer.id);
      return {
        ...offer,
        unitPrice: money(offer.price),
        agreedUnitPrice: money(offer.agreedPrice),
        discount: line ? money(line.discount) : null,
        tax: line ? money(line.tax) : null,
        total: line ? money(line.total) : null,
      };
    }),
    shops: [...pricing.shops].map(([shopId, price]) => ({
      shopId,
      shopName: terms.get(shopId)!.shopName,
      totals: totalsOf({ ...price, currency: currency! }),
    })),
    promotions: promotions.map((promotion) => ({
      code: promotion.code,
      description: promotion.description,
      counts: counting.includes(promotion),
    })),
    totals: currency ? totalsOf({ ...pricing, currency }) : null,
    problems: offers.flatMap(problemsOf),
  };
}

/** Each is measured at full prices, so that which ones count does not hang on their order. */
function countingPromotions(
  promotions: readonly Promotion[],
  buyable: readonly Offer[],
  currency: string | undefined,
  now: Date,
): Promotion[] {
  return promotions.filter((promotion) => {
    const own = buyable.filter(({ shopId }) => !promotion.shopId || promotion.shopId === shopId);
    const payable = own.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
    return own.length > 0 && promotion.counts(now, currency, payable);
  });
}

function problemsOf({ id, title, shopName, shopState, ...offer }: Offer): CartProblem[] {
  const { isOffered, available, quantity, price, agreedPrice } = offer;
  const problem = (kind: CartProblemKind, message: string): CartProblem[] => [{ kind, message, itemId: id }];
  if (shopState !== ShopState.OPEN) {
    return problem(CartProblemKind.SHOP_NOT_OPEN, `${shopName} does not sell at the moment, and with it ${title}.`);
  }
  if (!isOffered) return problem(CartProblemKind.NOT_FOR_SALE, `${title} is not offered any more.`);
  if (available < quantity) {
    const left = available > 0 ? `Only ${available} of ${title} are left.` : `${title} is sold out.`;
    return problem(CartProblemKind.NOT_ENOUGH_STOCK, left);
  }
  if (price !== agreedPrice) return problem(CartProblemKind.PRICE_CHANGED, `The price of ${title} has changed.`);
  return [];
}

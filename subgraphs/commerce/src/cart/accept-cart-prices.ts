import { conflict } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import type { AcceptCartPricesInput } from './cart.inputs.ts';
import { readOffers } from './cart.offers.ts';
import { type ChangedCart, withCart } from './take-cart.ts';

const AGREE = `
update cart_item set agreed_price = agreed.price
from unnest(?::uuid[], ?::bigint[]) as agreed (id, price) where cart_item.id = agreed.id`;

/**
 * Agrees to what everything costs now, as far as the buyer has seen it: `CONFLICT` when a price is another one again than the
 * one they name.
 */
export async function acceptCartPrices(
  work: CommerceWork,
  { token, prices }: AcceptCartPricesInput,
): Promise<ChangedCart> {
  const seen = new Map(prices.map(({ itemId, unitPrice }) => [itemId.toLowerCase(), unitPrice]));
  return withCart(work, token, async (cart) => {
    const offers = (await readOffers(work.em, [cart.id])).filter(({ id }) => seen.has(id));
    for (const { id, price, currency, agreedPrice, title } of offers) {
      const agreed = seen.get(id)!;
      if (price === agreedPrice) continue;
      if (agreed.amount !== price || agreed.currency !== currency) {
        throw conflict(`The price of ${title} has changed once more. Look at it again.`);
      }
    }
    const [ids, agreed] = [offers.map(({ id }) => id), offers.map(({ price }) => price)];
    await work.em.execute(AGREE, [`{${ids.join(',')}}`, `{${agreed.join(',')}}`], 'run');
  });
}

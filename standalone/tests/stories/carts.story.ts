import { expect, it } from '@jest/globals';
import { does } from '../support/does.ts';
import { CHF, type Market } from './market.ts';

export function carts(market: Market): void {
  it('keep what a guest wants, and what a price was when they agreed to it', async () => {
    const { seller } = market;
    const shop = await market.shop('Cart Goods');
    const tea = await market.offer(shop, 'Gyokuro', 3_000);
    const cup = await market.offer(shop, 'Bowl', 2_000);
    const guest = market.guest();
    const first = await does(
      guest,
      'addToCart',
      { variantId: tea.variantId, quantity: 2 },
      { cart: { totals: { total: CHF(6_000) } }, token: expect.any(String) },
    );
    const { token } = first;
    await does(
      guest,
      'addToCart',
      { token, variantId: cup.variantId, quantity: 1 },
      { cart: { totals: { total: CHF(8_000) } } },
    );
    await does(
      guest,
      'removeFromCart',
      { token, variantId: cup.variantId },
      { cart: { items: [{ title: 'Gyokuro', quantity: 2 }] } },
    );
    await does(
      guest,
      'changeCartItem',
      { token, variantId: tea.variantId, quantity: 1 },
      { cart: { totals: { total: CHF(3_000) } } },
    );
    const dearer = { id: tea.variantId, version: await market.versionOf('productVariant', tea.variantId) };
    await does(seller, 'updateProductVariant', { ...dearer, price: CHF(3_500) }, { price: CHF(3_500) });
    const { cart } = await guest.queryData(
      'query ($token: String) { cart(token: $token) { items { id } problems { kind } } }',
      { token },
    );
    expect(cart.problems).toEqual([{ kind: 'PRICE_CHANGED' }]);
    const prices = [{ itemId: cart.items[0].id, unitPrice: CHF(3_500) }];
    await does(
      guest,
      'acceptCartPrices',
      { token, prices },
      { cart: { problems: [], items: [{ agreedUnitPrice: CHF(3_500) }] } },
    );
  });

  it('take promotions, as long as a shop gives them', async () => {
    const { seller } = market;
    const shop = await market.shop('Generous');
    const { variantId } = await market.offer(shop, 'Matcha', 2_000);
    const terms = { shopId: shop.id, code: 'SPRING', description: 'A tenth off', currency: 'CHF', rate: 1_000 };
    const promotion = await does(seller, 'createPromotion', terms, { code: 'SPRING', rate: 1_000, usedCount: 0 });
    const guest = market.guest();
    const full = { cart: { totals: { total: CHF(2_000) } } };
    const { token } = await does(
      guest,
      'addToCart',
      { variantId, quantity: 1 },
      { ...full, token: expect.any(String) },
    );
    const code = { token, code: 'spring' };
    const off = { promotions: [{ code: 'SPRING', counts: true }], totals: { total: CHF(1_800) } };
    await does(guest, 'applyPromotion', code, { cart: off });
    await does(guest, 'removePromotion', code, { cart: { ...full.cart, promotions: [] } });
    await does(guest, 'applyPromotion', code, { cart: off });
    await does(seller, 'endPromotion', { id: promotion.id }, { endsAt: expect.any(String) });
    const { cart } = await guest.queryData(
      'query ($token: String) { cart(token: $token) { totals { total { amount } } } }',
      { token },
    );
    expect(cart.totals.total.amount).toBe(2_000);
  });

  it('become one when somebody signs in', async () => {
    const shop = await market.shop('Two Devices');
    const [kettle, spoon] = [await market.offer(shop, 'Kettle', 9_000), await market.offer(shop, 'Spoon', 300)];
    const buyer = await market.person('two-devices@example.com', 'Bea');
    const one = { variantId: kettle.variantId, quantity: 1 };
    await does(buyer, 'addToCart', one, { cart: { items: [{ title: 'Kettle' }] } });
    const { token } = await does(
      market.guest(),
      'addToCart',
      { variantId: spoon.variantId, quantity: 2 },
      { token: expect.any(String) },
    );
    await does(buyer, 'mergeGuestCart', { token }, { cart: { totals: { total: CHF(9_600) } } });
    const { me } = await buyer.queryData('{ me { cart { items { title quantity } } } }');
    expect(me.cart.items).toEqual([
      { title: 'Kettle', quantity: 1 },
      { title: 'Spoon', quantity: 2 },
    ]);
  });
}

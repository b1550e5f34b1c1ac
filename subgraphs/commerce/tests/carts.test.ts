import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Shopper } from './cart.story.ts';
import { changeCatalogue, type Market, openMarket, putOnOffer } from './offer.story.ts';
import { staff, startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
let tea: Market;
let pots: Market;

beforeAll(async () => {
  graph = await startCommerce();
  tea = await openMarket(graph, { name: 'Tea House' });
  pots = await openMarket(graph, { name: 'Pottery', taxRate: 2_000, pricesIncludeTax: false });
});

afterAll(() => graph.stop());

const somebody = () => new Shopper(graph, { sub: randomUUID(), org: randomUUID(), scope: '' });
const money = (amount: number, currency = 'CHF') => ({ amount, currency });
const codesOf = (errors: readonly { extensions: { code: string } }[]) =>
  errors.map(({ extensions }) => extensions.code);

describe('a cart', () => {
  test('holds things of several shops and says what they cost, shop by shop and in all', async () => {
    const [green, pot] = [
      await putOnOffer(graph, tea, 1_081, 'Sencha'),
      await putOnOffer(graph, pots, 5_000, 'Teapot'),
    ];
    const shopper = somebody();
    await shopper.change('addToCart', { variantId: green.variantId, quantity: 1 });
    await shopper.change('addToCart', { variantId: pot.variantId, quantity: 1 });
    const cart = await shopper.change('addToCart', { variantId: pot.variantId, quantity: 1 });
    expect(cart.items).toMatchObject([
      { title: 'Sencha', shopName: 'Tea House', quantity: 1, total: money(1_081) },
      { title: 'Teapot', shopName: 'Pottery', quantity: 2, unitPrice: money(5_000), total: money(12_000) },
    ]);
    expect(cart.shops).toMatchObject([
      { shopName: 'Tea House', totals: { tax: money(81), total: money(1_081) } },
      { shopName: 'Pottery', totals: { subtotal: money(10_000), tax: money(2_000), total: money(12_000) } },
    ]);
    expect(cart.totals).toMatchObject({ tax: money(2_081), total: money(13_081) });
    expect(cart.problems).toEqual([]);
    expect(await shopper.cart()).toEqual(cart);
  });

  test('is changed and emptied, and then takes another currency', async () => {
    const yen = await openMarket(graph, { currency: 'JPY', taxRate: 0 });
    const [green, fan] = [await putOnOffer(graph, tea, 500), await putOnOffer(graph, yen, 1_200)];
    const shopper = somebody();
    await shopper.change('addToCart', { variantId: green.variantId, quantity: 3 });
    const [refusal] = await shopper.refused('addToCart', { variantId: fan.variantId, quantity: 1 });
    expect(refusal).toMatchObject({
      message: 'This is sold in JPY, and what is in the cart in CHF.',
      extensions: { code: 'BAD_USER_INPUT', fields: [{ path: 'input.variantId' }] },
    });
    const changed = await shopper.change('changeCartItem', { variantId: green.variantId, quantity: 999 });
    expect(changed.totals.total).toEqual(money(499_500));
    const emptied = await shopper.change('removeFromCart', { variantId: green.variantId });
    expect(emptied).toMatchObject({ items: [], totals: null });
    const japanese = await shopper.change('addToCart', { variantId: fan.variantId, quantity: 2 });
    expect(japanese.totals.total).toEqual(money(2_400, 'JPY'));
  });

  test.each([0, -1, 1_000, 2_147_483_648, 1.5])('does not take %d of something', async (quantity) => {
    const { variantId } = await putOnOffer(graph, tea, 500);
    const [refusal] = await somebody().refused('addToCart', { variantId, quantity });
    // What is no 32-bit integer is refused before it is looked at.
    expect(refusal!.message).toMatch(/quantity|999/i);
  });

  test('never holds more than 999 of one thing, however often it is added', async () => {
    const { variantId } = await putOnOffer(graph, tea, 500);
    const shopper = somebody();
    await shopper.change('addToCart', { variantId, quantity: 990 });
    const refusals = await Promise.all(
      Array.from({ length: 10 }, () => shopper.refused('addToCart', { variantId, quantity: 3 })),
    );
    expect(refusals.flat().map(({ extensions }) => extensions.code)).toEqual(
      Array.from({ length: 7 }, () => 'BAD_USER_INPUT'),
    );
    expect((await shopper.cart()).items[0].quantity).toBe(999);
  });

  test('is one, from however many tabs it is begun at once', async () => {
    const offers = await Promise.all(Array.from({ length: 8 }, () => putOnOffer(graph, tea, 100)));
    const shopper = somebody();
    await Promise.all(offers.map(({ variantId }) => shopper.change('addToCart', { variantId, quantity: 1 })));
    expect((await shopper.cart()).items).toHaveLength(8);
  });
});

describe('what changes in a shop meanwhile', () => {
  test('is asked about: a new price has to be agreed to, and the one that was seen is', async () => {
    const { variantId } = await putOnOffer(graph, tea, 1_000, 'Oolong');
    const shopper = somebody();
    await shopper.change('addToCart', { variantId, quantity: 2 });
    await changeCatalogue(graph, 'update product_variant set price = 1100 where id = ?', [variantId]);
    const { items, problems, totals } = await shopper.cart();
    expect(problems).toEqual([
      { kind: 'PRICE_CHANGED', message: 'The price of Oolong has changed.', itemId: items[0].id },
    ]);
    expect(items[0]).toMatchObject({ unitPrice: money(1_100), agreedUnitPrice: money(1_000) });
    expect(totals.total).toEqual(money(2_200));
    await changeCatalogue(graph, 'update product_variant set price = 1200 where id = ?', [variantId]);
    const agree = (amount: number) => ({ prices: [{ itemId: items[0].id, unitPrice: money(amount) }] });
    expect(codesOf(await shopper.refused('acceptCartPrices', agree(1_100)))).toEqual(['CONFLICT']);
    const agreed = await shopper.change('acceptCartPrices', agree(1_200));
    expect(agreed).toMatchObject({ problems: [], items: [{ agreedUnitPrice: money(1_200) }] });
  });

  test('is named: what is not offered any more, and whose shop was stopped, costs nothing and stands in the way', async () => {
    const stopped = await openMarket(graph, { name: 'Counterfeits' });
    const [gone, left, fake] = [
      await putOnOffer(graph, tea, 700, 'Matcha'),
      await putOnOffer(graph, tea, 300, 'Rooibos'),
      await putOnOffer(graph, stopped, 900, 'Watch'),
    ];
    const shopper = somebody();
    for (const { variantId } of [gone, left, fake]) await shopper.change('addToCart', { variantId, quantity: 1 });
    await changeCatalogue(graph, 'update product_variant set active = false where id = ?', [gone.variantId]);
    await graph.data('mutation ($input: SuspendShopInput!) { suspendShop(input: $input) { id } }', staff(), {
      input: { id: stopped.shopId, reason: 'Fakes' },
    });
    const { problems, totals, shops } = await shopper.cart();
    expect(problems).toMatchObject([
      { kind: 'NOT_FOR_SALE', message: 'Matcha is not offered any more.' },
      { kind: 'SHOP_NOT_OPEN', message: 'Counterfeits does not sell at the moment, and with it Watch.' },
    ]);
    expect(totals.total).toEqual(money(300));
    expect(shops).toHaveLength(1);
    expect(codesOf(await somebody().refused('addToCart', { variantId: gone.variantId, quantity: 1 }))).toEqual([
      'NOT_FOUND',
    ]);
  });
});

test('A cart costs as many statements with 20 things in it as with one', async () => {
  const shopper = somebody();
  const offers = await Promise.all(Array.from({ length: 20 }, () => putOnOffer(graph, tea, 100)));
  await shopper.change('addToCart', { variantId: offers[0]!.variantId, quantity: 1 });
  const one = await graph.sql.fewestDuring(3, () => shopper.cart());
  for (const { variantId } of offers.slice(1)) await shopper.change('addToCart', { variantId, quantity: 1 });
  expect(await graph.sql.fewestDuring(3, () => shopper.cart())).toBe(one);
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TokenIssuer } from '@supergraph/testkit';
import { eventually } from './support/eventually.ts';
import type { GraphClient } from './support/graph.client.ts';
import { eavesdrop, hear } from './support/hear.ts';
import { newcomer } from './support/people.ts';
import { startTestSupergraph, type TestSupergraph } from './support/test-supergraph.ts';

const ADDRESS = { name: 'Ada Lovelace', line1: 'Rue du Thé 1', postalCode: '1200', city: 'Genève', country: 'CH' };

const issuer = new TokenIssuer();
const seller = { sub: randomUUID(), org: randomUUID(), scope: 'commerce:read commerce:write commerce:refund' };
const staff = { sub: randomUUID(), org: randomUUID(), scope: 'commerce:shops.decide commerce:categories.write' };

let graph: TestSupergraph;
let shopId: string;
let variantId: string;

const clientOf = (claims?: typeof seller): GraphClient => {
  const client = graph.client();
  if (claims) client.authorization = issuer.authorization(claims);
  return client;
};

/** Runs a mutation with one input. @returns what the field came to */
async function mutate(
  client: GraphClient,
  field: string,
  input: object,
  selection = '{ id version }',
  type = `${field[0]!.toUpperCase()}${field.slice(1)}Input`,
): Promise<any> {
  const document = `mutation ($input: ${type}!) { ${field}(input: $input) ${selection} }`;
  return (await client.queryData(document, { input }))[field];
}

beforeAll(async () => {
  graph = await startTestSupergraph({ trusted: issuer, demoData: false });
}, 60_000);

afterAll(() => graph?.stop());

describe('a shop', () => {
  it('is set up, let in, and offers something', async () => {
    const [owner, judge] = [clientOf(seller), clientOf(staff)];
    const shop = await mutate(owner, 'registerShop', {
      ...{ name: 'Tea House', slug: 'tea-house', currency: 'CHF', country: 'CH', taxRate: 810 },
    });
    shopId = shop.id;
    const papers = { shopId, legalName: 'Tea House SA', registrationNumber: 'CHE-1' };
    const { id } = await mutate(owner, 'submitShopVerification', papers, '{ id }');
    await mutate(judge, 'decideShopVerification', { id, approve: true }, '{ id }');
    const product = await mutate(owner, 'createProduct', { shopId, title: 'Sencha', description: 'Green tea.' });
    const variant = await mutate(owner, 'createProductVariant', {
      ...{ productId: product.id, sku: 'SEN-1', price: { amount: 1_250, currency: 'CHF' } },
    });
    variantId = variant.id;
    await mutate(owner, 'receiveStock', { variantId, quantity: 5, idempotencyKey: 'first delivery' }, '{ id }');
    const { version } = (await owner.queryData('query ($id: ID!) { product(id: $id) { version } }', { id: product.id }))
      .product;
    await mutate(owner, 'publishProduct', { id: product.id, version }, '{ id }', 'ProductVersionInput');
    const everybody = clientOf();
    const { products } = await everybody.queryData(
      '{ products(filter: { text: "senc" }) { edges { node { title shop { name } } } } }',
    );
    expect(products.edges).toEqual([{ node: { title: 'Sencha', shop: { name: 'Tea House' } } }]);
  });
});

describe('a buyer', () => {
  const ORDER =
    '{ id number state totals { total { amount } } shopOrders { state shop { name } items { title quantity } } }';
  const checkout = (client: GraphClient, token: string | undefined, amount: number) =>
    mutateCheckout(client, {
      ...{ token, expectedTotal: { amount, currency: 'CHF' }, email: 'ada@example.com', shippingAddress: ADDRESS },
      ...{ paymentMethod: 'test_ok', idempotencyKey: randomUUID() },
    });
  const mutateCheckout = async (client: GraphClient, input: object) =>
    (
      await client.queryData(
        `mutation ($input: CheckoutInput!) { checkoutComplete(input: $input) { ... on CheckoutCompleted { order ${ORDER} } } }`,
        { input },
      )
    ).checkoutComplete;

  it('fills a cart as a guest, signs in, and buys; they and the shop hear of it at once', async () => {
    const guest = clientOf();
    const add = `mutation ($input: CartItemInput!) { addToCart(input: $input) { token cart { items { title } } } }`;
    const { token } = (await guest.queryData(add, { input: { variantId, quantity: 1 } })).addToCart;
    const ada = await newcomer(graph.url, 'ada@example.com', 'Ada');
    await ada.queryData('mutation ($input: MergeGuestCartInput!) { mergeGuestCart(input: $input) { cart { id } } }', {
      input: { token },
    });
    await ada.queryData('mutation ($input: CartItemInput!) { changeCartItem(input: $input) { cart { id } } }', {
      input: { variantId, quantity: 2 },
    });
    // From two subgraphs in one round trip.
    const { me } = await ada.queryData(
      '{ me { name cart { items { title quantity } totals { total { amount } } problems { kind } } } }',
    );
    expect(me).toMatchObject({
      name: 'Ada',
      cart: { items: [{ title: 'Sencha', quantity: 2 }], totals: { total: { amount: 2_500 } }, problems: [] },
    });
    const [own, shop, stranger] = await Promise.all([
      hear(ada, 'subscription { orderChanged { number state customer { name } } }'),
      hear(clientOf(seller), 'subscription ($id: ID!) { shopOrderChanged(shopId: $id) { state items { quantity } } }', {
        id: shopId,
      }),
      eavesdrop(
        clientOf({ ...seller, sub: randomUUID(), org: randomUUID() }),
        'subscription ($id: ID!) { shopOrderChanged(shopId: $id) { state } }',
        { id: shopId },
      ),
    ]);
    const { order } = await checkout(ada, undefined, 2_500);
    expect(order).toMatchObject({
      state: 'PLACED',
      totals: { total: { amount: 2_500 } },
      shopOrders: [{ state: 'PLACED', shop: { name: 'Tea House' }, items: [{ title: 'Sencha', quantity: 2 }] }],
    });
    await eventually(() => own.told.length > 0 && shop.told.length > 0);
    expect(own.told.at(-1)).toEqual({
      orderChanged: { number: order.number, state: 'PLACED', customer: { name: 'Ada' } },
    });
    expect(shop.told.at(-1)).toEqual({ shopOrderChanged: { state: 'PLACED', items: [{ quantity: 2 }] } });
    expect(stranger.told).toEqual([]);
    expect(stranger.errors).toHaveLength(1);
    for (const each of [own, shop, stranger]) await each.stop();
    const { orders } = await ada.queryData('{ orders { totalCount edges { node { number } } } }');
    expect(orders).toEqual({ totalCount: 1, edges: [{ node: { number: order.number } }] });
    const mine = await clientOf(seller).queryData(
      'query ($id: ID!) { shop(id: $id) { orders(state: PLACED) { totalCount } } }',
      {
        id: shopId,
      },
    );
    expect(mine.shop.orders.totalCount).toBe(1);
  }, 30_000);

  it('of the last one buys it, and the next is told that there is none', async () => {
    const buyers = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const client = clientOf();
        const add = 'mutation ($input: CartItemInput!) { addToCart(input: $input) { token } }';
        return { client, token: (await client.queryData(add, { input: { variantId, quantity: 1 } })).addToCart.token };
      }),
    );
    const outcomes = await Promise.all(buyers.map(({ client, token }) => checkout(client, token, 1_250)));
    expect(outcomes.filter(({ order }) => order)).toHaveLength(3);
  }, 30_000);
});

describe('what was bought', () => {
  it('is reviewed by its buyer for everybody to read, and the shop replies and is told how it sells', async () => {
    const [owner, grace] = [clientOf(seller), await newcomer(graph.url, 'grace@example.com', 'Grace')];
    await mutate(owner, 'receiveStock', { variantId, quantity: 1, idempotencyKey: 'one more' }, '{ id }');
    const item = { variantId, quantity: 1 };
    await grace.queryData('mutation ($input: CartItemInput!) { addToCart(input: $input) { token } }', { input: item });
    const bought = await mutate(
      grace,
      'checkoutComplete',
      {
        ...{ expectedTotal: { amount: 1_250, currency: 'CHF' }, email: 'grace@example.com', shippingAddress: ADDRESS },
        ...{ paymentMethod: 'test_ok', idempotencyKey: randomUUID() },
      },
      '{ ... on CheckoutCompleted { order { state } } }',
      'CheckoutInput',
    );
    expect(bought).toEqual({ order: { state: 'PLACED' } });
    const { productVariant } = await grace.queryData(
      'query ($id: ID!) { productVariant(id: $id) { product { id } } }',
      { id: variantId },
    );
    const productId = productVariant.product.id;
    const said = { productId, rating: 4, title: 'Fresh', authorName: 'G.' };
    const { id, version } = await mutate(grace, 'addReview', said);
    await mutate(owner, 'replyToReview', { id, version, reply: 'Thank you' }, '{ id }');

    const read = `query ($id: ID!) { product(id: $id) { rating starCounts { stars count } shop { rating }
      reviews(sort: MOST_HELPFUL, filter: { stars: 4 }) { totalCount edges { node { title authorName reply author { name } } } } } }`;
    const shown = { title: 'Fresh', authorName: 'G.', reply: 'Thank you' };
    const { product } = await grace.queryData(read, { id: productId });
    expect(product).toMatchObject({ rating: 4, shop: { rating: 4 }, reviews: { totalCount: 1 } });
    expect(product.starCounts).toContainEqual({ stars: 4, count: 1 });
    expect(product.reviews.edges).toEqual([{ node: { ...shown, author: { name: 'Grace' } } }]);
    const everybody = await clientOf().query(read, { id: productId });
    expect((everybody.data as any).product.reviews.edges).toEqual([{ node: { ...shown, author: null } }]);
    const { me } = await grace.queryData('{ me { reviews { edges { node { rating product { title } } } } } }');
    expect(me.reviews.edges).toEqual([{ node: { rating: 4, product: { title: 'Sencha' } } }]);

    const figures = `query ($id: ID!) { shop(id: $id) {
      analytics(interval: WEEK, timeZone: "Europe/Zurich") { currencies { currency sales { orders units } } bestSellers { title units } csv }
      year: analytics(from: "2026-01-01", to: "2026-12-31") { currencies { series { from
        sales { orders units gross { amount } discount { amount } paid { amount } refunds { amount } net { amount } } } } }
      dashboard { ordersToSend unansweredReviewCount } } }`;
    const { shop } = await owner.queryData(figures, { id: shopId });
    expect(shop).toEqual({
      analytics: {
        currencies: [{ currency: 'CHF', sales: { orders: 5, units: 6 } }],
        bestSellers: [{ title: 'Sencha', units: 6 }],
        csv: expect.stringContaining('"Tea House"'),
      },
      year: { currencies: [{ series: expect.arrayContaining([expect.objectContaining({ from: '2026-12-31' })]) }] },
      dashboard: { ordersToSend: 5, unansweredReviewCount: 0 },
    });
    const refused = await grace.query(figures, { id: shopId });
    expect((refused.data as any).shop).toEqual({ analytics: null, year: null, dashboard: null });
  }, 30_000);
});

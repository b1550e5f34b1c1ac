import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TokenIssuer } from '@supergraph/testkit';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { eventually } from './support/eventually.ts';
import type { GraphClient } from './support/graph.client.ts';
import { newcomer } from './support/people.ts';
import { startTestSupergraph, type TestSupergraph } from './support/test-supergraph.ts';

const ADDRESS = { name: 'Ada Lovelace', line1: 'Rue du Thé 1', postalCode: '1200', city: 'Genève', country: 'CH' };
const KEYED = new Set(['fulfillShopOrder', 'cancelOrder', 'cancelShopOrder', 'requestReturn', 'receiveReturn', 'receiveStock']); // prettier-ignore

const issuer = new TokenIssuer();
const seller = { sub: randomUUID(), org: randomUUID(), scope: 'commerce:read commerce:write commerce:refund' };
const judge = { sub: randomUUID(), org: randomUUID(), scope: 'commerce:shops.decide' };

let graph: TestSupergraph;
let shop: GraphClient;
let ada: GraphClient;
let shopId: string;
let variantId: string;

const clientOf = (claims: typeof seller): GraphClient => {
  const client = graph.client();
  client.authorization = issuer.authorization(claims);
  return client;
};

/** Runs a mutation with one input. @returns what the field came to */
async function mutate(client: GraphClient, field: string, input: object, selection = '{ id state }'): Promise<any> {
  const type = field === 'publishProduct' ? 'ProductVersionInput' : `${field[0]!.toUpperCase()}${field.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${field}(input: $input) ${selection} }`;
  const key = KEYED.has(field) ? { idempotencyKey: randomUUID() } : {};
  return (await client.queryData(document, { input: { ...key, ...input } }))[field];
}

beforeAll(async () => {
  graph = await startTestSupergraph({ trusted: issuer, demoData: false });
  shop = clientOf(seller);
  const { id } = await mutate(shop, 'registerShop', {
    ...{ name: 'Tea House', slug: 'tea-house', currency: 'CHF', country: 'CH', taxRate: 810, returnDays: 14 },
  });
  shopId = id;
  const papers = { shopId, legalName: 'Tea House SA', registrationNumber: 'CHE-1' };
  const verification = await mutate(shop, 'submitShopVerification', papers, '{ id }');
  await mutate(clientOf(judge), 'decideShopVerification', { id: verification.id, approve: true }, '{ id }');
  const product = await mutate(shop, 'createProduct', { shopId, title: 'Sencha', description: 'Green tea.' }, '{ id }');
  const price = { amount: 1_250, currency: 'CHF' };
  variantId = (await mutate(shop, 'createProductVariant', { productId: product.id, sku: 'SEN-1', price }, '{ id }')).id;
  await mutate(shop, 'receiveStock', { variantId, quantity: 10 }, '{ id }');
  const { version } = (await shop.queryData('query ($id: ID!) { product(id: $id) { version } }', { id: product.id }))
    .product;
  await mutate(shop, 'publishProduct', { id: product.id, version }, '{ id }');
  ada = await newcomer(graph.url, 'ada@example.com', 'Ada');
}, 90_000);

afterAll(() => graph?.stop());

/** Ada buys so many. @returns the order with the part of the shop */
async function buy(quantity: number): Promise<any> {
  await ada.queryData('mutation ($input: CartItemInput!) { addToCart(input: $input) { cart { id } } }', {
    input: { variantId, quantity },
  });
  const document = `mutation ($input: CheckoutInput!) { checkoutComplete(input: $input) {
    ... on CheckoutCompleted { order { id number shopOrders { id items { id } } } } } }`;
  const input = {
    ...{ expectedTotal: { amount: 1_250 * quantity, currency: 'CHF' }, email: 'ada@example.com' },
    ...{ shippingAddress: ADDRESS, paymentMethod: 'test_ok', idempotencyKey: randomUUID() },
  };
  return (await ada.queryData(document, { input })).checkoutComplete.order;
}

/** Someone listens, and keeps what they are told. */
function listen(client: GraphClient, query: string) {
  const told: any[] = [];
  const socket = createClient({
    ...{ url: graph.url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 },
    connectionParams: { authorization: client.authorization },
  });
  socket.subscribe({ query }, { next: ({ data }) => told.push(data), error: () => {}, complete: () => {} });
  return { told, stop: () => socket.dispose() };
}

describe('what was bought', () => {
  it('is sent, delivered, sent back and paid back, and the buyer hears of each step at once', async () => {
    const order = await buy(2);
    const [{ id: shopOrderId, items }] = order.shopOrders;
    const [{ id: orderItemId }] = items;
    const heard = listen(ada, 'subscription { orderChanged { number state shopOrders { state } customer { name } } }');
    // Nothing tells when a subscription has reached its subgraph.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const parcel = await mutate(
      shop,
      'fulfillShopOrder',
      { shopOrderId, carrier: 'Post', trackingNumber: '99.1', trackingUrl: 'https://post.example/99.1' },
      '{ id version state trackingUrl shopOrder { state } }',
    );
    expect(parcel).toMatchObject({ state: 'SENT', trackingUrl: 'https://post.example/99.1' });
    await mutate(shop, 'undoFulfillment', { fulfillmentId: parcel.id, reason: 'The wrong label' });
    const again = await mutate(shop, 'fulfillShopOrder', { shopOrderId, carrier: 'Post' }, '{ id version }');
    const tracking = { fulfillmentId: again.id, version: again.version, carrier: 'Post', trackingNumber: '99.2' };
    expect(await mutate(shop, 'correctTracking', tracking, '{ trackingNumber }')).toEqual({ trackingNumber: '99.2' });
    await mutate(shop, 'recordDelivery', { fulfillmentId: again.id });
    const back = { shopOrderId, items: [{ orderItemId, quantity: 1 }], reason: 'NOT_AS_DESCRIBED', note: 'Black tea' };
    const mistake = await mutate(ada, 'requestReturn', back);
    await mutate(ada, 'withdrawReturn', { returnId: mistake.id });
    const declined = await mutate(ada, 'requestReturn', back);
    await mutate(shop, 'declineReturn', { returnId: declined.id, reason: 'It is green.' });
    const { id: returnId } = await mutate(ada, 'requestReturn', back);
    await mutate(shop, 'approveReturn', { returnId });
    const received = await mutate(
      shop,
      'receiveReturn',
      {
        ...{ returnId, items: [{ orderItemId, restocked: 1 }] },
        ...{ keep: { amount: 250, currency: 'CHF' }, reason: 'It was opened.' },
      },
      '{ state refund { amount } kept { amount } }',
    );
    expect(received).toEqual({ state: 'RECEIVED', refund: { amount: 1_000 }, kept: { amount: 250 } });
    const document = `{ me { name orders(state: PARTIALLY_RETURNED) { edges { node {
      id refunded { amount } payment { state refunded { amount } refunds { edges { node { state amount { amount } } } } }
      steps { state } shopOrders { fulfillments { state } returns { state }
        items { fulfilled delivered returned returnable cancellable } }
    } } } } }`;
    let me: any;
    await eventually(async () => {
      ({ me } = await ada.queryData(document));
      return me.orders.edges[0].node.payment.state === 'PARTIALLY_REFUNDED';
    });
    expect(me).toMatchObject({
      name: 'Ada',
      orders: {
        edges: [
          {
            node: {
              id: order.id,
              refunded: { amount: 1_000 },
              payment: { refunded: { amount: 1_000 } },
              shopOrders: [
                {
                  fulfillments: [{ state: 'UNDONE' }, { state: 'DELIVERED' }],
                  returns: [{ state: 'WITHDRAWN' }, { state: 'DECLINED' }, { state: 'RECEIVED' }],
                  items: [{ fulfilled: 2, delivered: 2, returned: 1, returnable: 1, cancellable: 0 }],
                },
              ],
            },
          },
        ],
      },
    });
    expect(me.orders.edges[0].node.steps.map(({ state }: any) => state)).toEqual([
      ...['PENDING_PAYMENT', 'PLACED', 'FULFILLED', 'PLACED', 'FULFILLED', 'DELIVERED', 'PARTIALLY_RETURNED'],
    ]);
    const states = () => heard.told.map(({ orderChanged }) => orderChanged.state);
    await eventually(() => states().includes('PARTIALLY_RETURNED'));
    expect(states()).toEqual(expect.arrayContaining(['FULFILLED', 'DELIVERED', 'PARTIALLY_RETURNED']));
    expect(heard.told.at(-1)).toEqual({
      orderChanged: {
        ...{ number: order.number, state: 'PARTIALLY_RETURNED', customer: { name: 'Ada' } },
        shopOrders: [{ state: 'PARTIALLY_RETURNED' }],
      },
    });
    await heard.stop();
    const { shop: listed } = await shop.queryData(
      'query ($id: ID!) { shop(id: $id) { returns(state: RECEIVED) { totalCount edges { node { id note } } } } }',
      { id: shopId },
    );
    expect(listed.returns).toEqual({ totalCount: 1, edges: [{ node: { id: returnId, note: 'Black tea' } }] });
  }, 60_000);

  it('is cancelled by the shop and by the buyer as long as it was not sent, and paid back', async () => {
    const order = await buy(3);
    const [{ id: shopOrderId, items }] = order.shopOrders;
    const units = [{ orderItemId: items[0].id, quantity: 1 }];
    const less = await mutate(
      shop,
      'cancelShopOrder',
      { shopOrderId, items: units, reason: 'A leak' },
      '{ state refunded { amount } steps { state reason } }',
    );
    expect(less).toMatchObject({ state: 'PLACED', refunded: { amount: 1_250 } });
    expect(less.steps.at(-1)).toEqual({ state: 'PLACED', reason: 'A leak' });
    const selection = '{ state refunded { amount } }';
    expect(await mutate(ada, 'cancelOrder', { orderId: order.id, reason: 'Too late' }, selection)).toEqual({
      ...{ state: 'CANCELLED', refunded: { amount: 3_750 } },
    });
    await eventually(async () => {
      const { order: now } = await ada.queryData(
        'query ($id: ID!) { order(id: $id) { payment { state refunded { amount } } } }',
        { id: order.id },
      );
      return now.payment.state === 'REFUNDED' && now.payment.refunded.amount === 3_750;
    });
    const { errors } = await shop.query(
      'mutation ($input: FulfillShopOrderInput!) { fulfillShopOrder(input: $input) { id } }',
      { input: { shopOrderId, idempotencyKey: randomUUID() } },
    );
    expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['CONFLICT']);
  }, 60_000);
});

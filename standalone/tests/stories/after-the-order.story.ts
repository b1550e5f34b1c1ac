import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { does } from '../support/does.ts';
import { eventually } from '../support/eventually.ts';
import { hear } from '../support/hear.ts';
import { ADDRESS, CHF, type Market } from './market.ts';

const PRICE = 1_250;

const key = () => ({ idempotencyKey: randomUUID() });

/** Ada buys so many. @returns the order, with the part of the shop and what is in it */
async function buy({ ada }: Market, variantId: string, quantity: number): Promise<any> {
  await does(ada, 'addToCart', { variantId, quantity }, { cart: { problems: [] } });
  const agreed = { expectedTotal: CHF(PRICE * quantity), email: 'ada@example.com', shippingAddress: ADDRESS };
  const { order } = await does(
    ada,
    'checkoutComplete',
    { ...agreed, paymentMethod: 'test_ok', ...key() },
    { __typename: 'CheckoutCompleted', order: { state: 'PLACED', shopOrders: [{ items: [{ quantity }] }] } },
  );
  const [{ id: shopOrderId, items }] = order.shopOrders;
  return { id: order.id, shopOrderId, orderItemId: items[0].id };
}

export function afterTheOrder(market: Market): void {
  let variantId: string;

  it('what was bought is sent, delivered, sent back and paid back; the buyer hears of each step at once', async () => {
    const { ada, seller } = market;
    const shop = await market.shop('Careful Sender');
    ({ variantId } = await market.offer(shop, 'Gyokuro', PRICE));
    const { id, shopOrderId, orderItemId } = await buy(market, variantId, 2);
    const heard = await hear(ada, 'subscription { orderChanged { id state shopOrders { state } customer { name } } }');
    const trackingUrl = 'https://post.example/99.1';
    const parcel = await does(
      seller,
      'fulfillShopOrder',
      { shopOrderId, carrier: 'Post', trackingUrl, ...key() },
      { state: 'SENT', trackingUrl, shopOrder: { state: 'FULFILLED' } },
    );
    const mistake = { fulfillmentId: parcel.id, reason: 'The wrong label' };
    await does(seller, 'undoFulfillment', mistake, { state: 'UNDONE', shopOrder: { state: 'PLACED' } });
    const sent = await does(seller, 'fulfillShopOrder', { shopOrderId, ...key() }, { items: [{ quantity: 2 }] });
    const tracking = { fulfillmentId: sent.id, version: sent.version, trackingNumber: '99.2' };
    await does(seller, 'correctTracking', tracking, { trackingNumber: '99.2' });
    await does(seller, 'recordDelivery', { fulfillmentId: sent.id }, { state: 'DELIVERED' });

    const back = { shopOrderId, items: [{ orderItemId, quantity: 1 }], reason: 'NOT_AS_DESCRIBED', note: 'Black tea' };
    const requested = async (): Promise<string> =>
      (await does(ada, 'requestReturn', { ...back, ...key() }, { state: 'REQUESTED', note: 'Black tea' })).id;
    await does(ada, 'withdrawReturn', { returnId: await requested() }, { state: 'WITHDRAWN' });
    await does(seller, 'declineReturn', { returnId: await requested(), reason: 'It is green.' }, { state: 'DECLINED' });
    const returnId = await requested();
    await does(seller, 'approveReturn', { returnId }, { state: 'APPROVED' });
    const came = { returnId, items: [{ orderItemId, restocked: 1 }], keep: CHF(250), reason: 'It was opened.' };
    const paid = { refund: CHF(1_000), kept: CHF(250), decisionReason: 'It was opened.' };
    await does(seller, 'receiveReturn', { ...came, ...key() }, { state: 'RECEIVED', ...paid });

    const document = `{ me { orders(state: PARTIALLY_RETURNED) { edges { node {
      id refunded { amount } payment { state refunded { amount } } steps { state }
      shopOrders { fulfillments { state } returns { state } items { fulfilled delivered returned returnable cancellable } }
    } } } } }`;
    const mine = async () => (await ada.queryData(document)).me.orders.edges[0].node;
    await eventually(async () => (await mine()).payment.state === 'PARTIALLY_REFUNDED');
    const order = await mine();
    expect(order).toMatchObject({
      ...{ id, refunded: { amount: 1_000 }, payment: { refunded: { amount: 1_000 } } },
      shopOrders: [
        {
          fulfillments: expect.arrayContaining([{ state: 'UNDONE' }, { state: 'DELIVERED' }]),
          returns: expect.arrayContaining([{ state: 'WITHDRAWN' }, { state: 'DECLINED' }, { state: 'RECEIVED' }]),
          items: [{ fulfilled: 2, delivered: 2, returned: 1, returnable: 1, cancellable: 0 }],
        },
      ],
    });
    expect(order.steps.map(({ state }: any) => state)).toEqual([
      ...['PENDING_PAYMENT', 'PLACED', 'FULFILLED', 'PLACED', 'FULFILLED', 'DELIVERED', 'PARTIALLY_RETURNED'],
    ]);
    for (const state of ['FULFILLED', 'DELIVERED', 'PARTIALLY_RETURNED']) {
      await heard.hears({ orderChanged: { id, state, shopOrders: [{ state }], customer: { name: 'Ada' } } });
    }
    await heard.stop();
    const listed = 'query ($id: ID!) { shop(id: $id) { returns(state: RECEIVED) { edges { node { id } } } } }';
    const { returns } = (await seller.queryData(listed, { id: shop.id })).shop;
    expect(returns.edges).toEqual([{ node: { id: returnId } }]);
  }, 60_000);

  it('what was not sent is cancelled by shop and buyer, and paid back', async () => {
    const { ada, seller } = market;
    const { id: orderId, shopOrderId, orderItemId } = await buy(market, variantId, 3);
    const leak = { shopOrderId, items: [{ orderItemId, quantity: 1 }], reason: 'A leak', ...key() };
    await does(seller, 'cancelShopOrder', leak, { state: 'PLACED', refunded: CHF(PRICE) });
    const all = { orderId, reason: 'Too late', ...key() };
    await does(ada, 'cancelOrder', all, { state: 'CANCELLED', stateReason: 'Too late', refunded: CHF(3 * PRICE) });
    const document = 'query ($id: ID!) { order(id: $id) { payment { state refunded { amount } } } }';
    await eventually(async () => {
      const { payment } = (await ada.queryData(document, { id: orderId })).order;
      return payment.state === 'REFUNDED' && payment.refunded.amount === 3 * PRICE;
    });
    const send = 'mutation ($input: FulfillShopOrderInput!) { fulfillShopOrder(input: $input) { id } }';
    const { errors } = await seller.query(send, { input: { shopOrderId, ...key() } });
    expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['CONFLICT']);
  }, 60_000);
}

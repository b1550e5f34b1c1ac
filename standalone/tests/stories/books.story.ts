import { expect, it } from '@jest/globals';
import { does } from '../support/does.ts';
import { eventually } from '../support/eventually.ts';
import { hear } from '../support/hear.ts';
import { ADDRESS, CHF, type Market, type Shop } from './market.ts';

const PARTS = `{ __typename ... on Order { number state } ... on ShopOrder { number shopState: state } ... on Shop { name } }`;

export function books(market: Market): void {
  let shop: Shop;

  it('take in what somebody pays; buyer and shop hear of the order at once', async () => {
    const { ada, seller } = market;
    shop = await market.shop('Book Keeper');
    const { variantId } = await market.offer(shop, 'Oolong', 10_000);
    const [own, shops] = await Promise.all([
      hear(ada, 'subscription { orderChanged { state customer { name } } }'),
      hear(seller, 'subscription ($id: ID!) { shopOrderChanged(shopId: $id) { state items { quantity } } }', {
        id: shop.id,
      }),
    ]);
    await does(ada, 'addToCart', { variantId, quantity: 1 }, { cart: { problems: [] } });
    await does(
      ada,
      'checkoutComplete',
      {
        ...{ expectedTotal: CHF(10_000), email: 'ada@example.com', shippingAddress: ADDRESS },
        ...{ paymentMethod: 'test_ok', idempotencyKey: 'first purchase' },
      },
      { __typename: 'CheckoutCompleted', order: { state: 'PLACED', shopOrders: [{ state: 'PLACED' }] } },
    );
    await own.hears({ orderChanged: { state: 'PLACED', customer: { name: 'Ada' } } });
    await shops.hears({ shopOrderChanged: { state: 'PLACED', items: [{ quantity: 1 }] } });
    for (const each of [own, shops]) await each.stop();
    const { orders } = await ada.queryData('{ orders { edges { node { state totals { total { amount } } } } } }');
    expect(orders.edges).toEqual([{ node: { state: 'PLACED', totals: { total: { amount: 10_000 } } } }]);
  });

  it('give money back to the buyer, and pay out to the shop what is left', async () => {
    const { seller } = market;
    const balance = async () => {
      const see = 'query ($id: ID!) { shop(id: $id) { balance { amount } } }';
      return (await seller.queryData(see, { id: shop.id })).shop.balance[0]?.amount;
    };
    await eventually(async () => (await balance()) > 0);
    const paymentId = await paymentOf(market, shop);
    const refund = { paymentId, shopId: shop.id, amount: CHF(4_000), reason: 'Too weak', idempotencyKey: 'refund' };
    await does(seller, 'refundPayment', refund, { amount: CHF(4_000), reason: 'Too weak' });
    const { payment } = await seller.queryData(
      'query ($id: ID!) { payment(id: $id) { captured { amount } refunded { amount } } }',
      { id: paymentId },
    );
    expect(payment).toEqual({ captured: { amount: 10_000 }, refunded: { amount: 4_000 } });
    const left = await balance();
    const all = { shopId: shop.id, amount: CHF(left), destination: 'test_account', idempotencyKey: 'payout' };
    await does(seller, 'requestPayout', all, { amount: CHF(left), destination: 'test_account' });
    expect(await balance()).toBe(0);
    const { reconciliationReport } = await market.judge.queryData(
      '{ reconciliationReport { ledger { sum { amount } agrees } } }',
    );
    expect(reconciliationReport.ledger).toEqual([{ sum: { amount: 0 }, agrees: true }]);
  });

  it('are told of: each notification leads to what it is about, for whoever may see that', async () => {
    const { ada, seller } = market;
    const told = async (client: typeof ada) => {
      const see = `{ notifications(first: 50) { edges { node { type subject ${PARTS} } } } }`;
      const { notifications } = await client.queryData(see);
      return notifications.edges.map(({ node }: { node: object }) => node);
    };
    await eventually(async () => (await told(ada)).some(({ type }: any) => type === 'ORDER_REFUNDED'));
    const order = { __typename: 'Order', number: expect.any(String), state: 'PLACED' };
    expect(await told(ada)).toEqual(
      expect.arrayContaining([
        { type: 'ORDER_PLACED', subject: order },
        { type: 'ORDER_REFUNDED', subject: order },
        { type: 'WELCOME', subject: null },
      ]),
    );
    const hasAll = async () => (await told(seller)).some(({ type }: any) => type === 'SHOP_ORDER_PLACED');
    await eventually(hasAll);
    expect(await told(seller)).toEqual(
      expect.arrayContaining([
        {
          type: 'SHOP_ORDER_PLACED',
          subject: { __typename: 'ShopOrder', number: expect.any(String), shopState: 'PLACED' },
        },
        { type: 'SHOP_APPROVED', subject: { __typename: 'Shop', name: 'Book Keeper' } },
        { type: 'SHOP_REJECTED', subject: { __typename: 'Shop', name: 'Tea House' } },
        { type: 'SHOP_SUSPENDED', subject: { __typename: 'Shop', name: 'Short Lived' } },
      ]),
    );
  });

  it('show nothing to somebody whom a notification leads to another’s order', async () => {
    const { ada, seller } = market;
    const { me } = await seller.queryData('{ me { id } }');
    const { orders } = await ada.queryData('{ orders(first: 1) { edges { node { id } } } }');
    await market.sql(
      `insert into messaging.notification
         (id, user_id, type, title, body, sequence, source, created_at, subject_type, subject_id)
       values (gen_random_uuid(), $1, 'ORDER_PLACED', 'Not yours', '', 999999, 'a mistake', now(), 'ORDER', $2)`,
      [me.id, orders.edges[0].node.id],
    );
    const see = `{ notifications(first: 1) { edges { node { title subject ${PARTS} } } } }`;
    const { data, errors } = await seller.query(see);
    expect(data.notifications.edges[0].node).toEqual({ title: 'Not yours', subject: null });
    // What is null to whoever asks cannot have a number either: the gateway says so, and no more.
    expect(errors!.map(({ path }) => path!.slice(-2))).toEqual([['subject', 'number']]);
  });
}

/** Nothing in the graph leads from an order to its payment: a provider's own pages do. */
async function paymentOf(market: Market, { id }: Shop): Promise<string> {
  const [row] = await market.sql('select payment_id from commerce.payment_share where shop_id = $1', [id]);
  return row.payment_id;
}

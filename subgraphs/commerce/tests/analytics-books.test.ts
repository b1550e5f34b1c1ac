import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { analytics } from './analytics.story.ts';
import { Buyer } from './checkout.story.ts';
import { type Market, openMarket, putOnOffer } from './offer.story.ts';
import { change, review } from './review.story.ts';
import { paid, paymentOf, refund, select, settle, vendor } from './payment.story.ts';
import { staff, startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;

beforeAll(async () => {
  graph = await startCommerce();
});

afterAll(() => graph.stop());

const PAYOUT = 'mutation ($input: RequestPayoutInput!) { requestPayout(input: $input) { id } }';

/** What the books say of a shop: what is owed to it, with what it was paid out already. */
async function booksOf(shopId: string): Promise<Record<string, number>> {
  const rows = await select<{ account: string; sum: string }>(
    graph,
    `select account, sum(amount) from ledger_entry where shop_id = ? and kind not like 'PAYOUT%' group by account`,
    [shopId],
  );
  return Object.fromEntries(rows.map(({ account, sum }) => [account, Number(sum)]));
}

test('What is left for a shop is to the last unit what the books say, with refunds and payouts, over all time', async () => {
  const [one, two] = [await vendor(graph), await vendor(graph)];
  const first = graph.clock.now();
  for (let index = 0; index < 8; index += 1) {
    graph.clock.advance({ hours: 29 });
    const { id } = await paid(
      graph,
      paymentOf([
        [one.shopId, 10_01 + index * 333],
        [two.shopId, 7_77],
      ]),
    );
    if (index % 2 === 0) await refund(graph, id, 3_33 + index);
    if (index % 3 === 0) await refund(graph, id, 1_01, { shopId: one.shopId });
  }
  await settle(graph);
  const input = { shopId: one.shopId, amount: { amount: 20_00, currency: 'CHF' }, destination: 'test_account' };
  await graph.data(PAYOUT, one.owner, { input: { ...input, idempotencyKey: 'a payout' } });
  await graph.runJobs();
  for (const shop of [one, two]) {
    const span = { from: first.toISOString().slice(0, 10), to: graph.clock.now().toISOString().slice(0, 10) };
    const { currencies } = await analytics(graph, shop, span);
    const [{ sales, series, returnRate }] = currencies;
    const books = await booksOf(shop.shopId);
    expect(sales.net.amount).toBe(books['SHOP_PAYABLE']);
    expect(sales.commission.amount).toBe(books['PLATFORM_COMMISSION']);
    expect(sales.tax.amount).toBe(books['TAX_PAYABLE']);
    const { paid: taken, refunds, tax, commission, net } = sales;
    expect(taken.amount - refunds.amount).toBe(tax.amount + commission.amount + net.amount);
    expect(refunds.amount).toBeGreaterThan(0);
    expect(returnRate).toBeCloseTo(refunds.amount / taken.amount);
    for (const name of ['paid', 'refunds', 'net']) {
      expect(series.reduce((sum: number, point: any) => sum + point.sales[name].amount, 0)).toBe(sales[name].amount);
    }
  }
  // What was paid out is not in the balance any more, and still was earned.
  const balance = 'query ($id: ID!) { shop(id: $id) { balance { amount } } }';
  const { shop } = await graph.data(balance, one.owner, { id: one.shopId });
  expect(shop.balance[0].amount).toBe((await booksOf(one.shopId))['SHOP_PAYABLE']! - 20_00);
});

test('What is given back on another day counts on that day, below zero where nothing else happened', async () => {
  const shop = await vendor(graph);
  const { id } = await paid(graph, paymentOf([[shop.shopId, 20_00]]));
  const sold = graph.clock.now().toISOString().slice(0, 10);
  graph.clock.advance({ days: 2 });
  await refund(graph, id, 20_00);
  const { currencies, csv } = await analytics(graph, shop, {
    from: sold,
    to: graph.clock.now().toISOString().slice(0, 10),
  });
  expect(currencies[0].series.map(({ sales }: any) => sales.net.amount)).toEqual([17_00, 0, -17_00]);
  expect(csv.split('\r\n').at(-1)).toMatch(/,0\.00,20\.00,-1\.00,-2\.00,-17\.00$/);
});

test('The dashboard tells what waits to be done and how the shop sells these days', async () => {
  const market: Market = await openMarket(graph);
  const dashboard = async (timeZone = 'UTC') =>
    (
      await graph.data(
        `query ($id: ID!, $timeZone: String!) { shop(id: $id) { dashboard(timeZone: $timeZone) {
          ordersToSend oldestWaitingSince lowStockCount unansweredReviewCount openReturnCount balance { amount currency }
          today { sales { orders gross { amount } } before { orders } change { orders gross } }
          last7Days { sales { orders net { amount } } before { orders } change { orders } }
          last30Days { sales { orders } before { orders } change { orders } } } } }`,
        market.owner,
        { id: market.shopId, timeZone },
      )
    )['shop'].dashboard;
  expect(await dashboard()).toMatchObject({ ordersToSend: 0, oldestWaitingSince: null, lowStockCount: 0, balance: [] });
  const tea = await putOnOffer(graph, market, 1_000, 'Tea', 3);
  const buy = async () => {
    const buyer = new Buyer(graph);
    await buyer.pick([tea, 1]);
    expect((await buyer.buy()).kind).toBe('CheckoutCompleted');
    await graph.runJobs();
    return buyer.as!;
  };
  const author = await buy();
  const since = graph.clock.now().getTime();
  graph.clock.advance({ days: 10 });
  await buy();
  await buy();
  const { id } = await review(graph, author, tea.productId, 2);
  const told = await dashboard();
  expect(Math.abs(Date.parse(told.oldestWaitingSince) - since)).toBeLessThan(60_000);
  const { shop } = await graph.data(
    'query ($id: ID!) { shop(id: $id) { balance { amount currency } } }',
    market.owner,
    {
      id: market.shopId,
    },
  );
  expect(told).toMatchObject({
    ordersToSend: 3,
    lowStockCount: 1,
    unansweredReviewCount: 1,
    balance: shop.balance,
    today: { sales: { orders: 2, gross: { amount: 2_000 } }, before: { orders: 0 }, change: { orders: null } },
    last7Days: { sales: { orders: 2 }, before: { orders: 1 }, change: { orders: 1 } },
  });
  expect(shop.balance[0].amount).toBe(told.last7Days.sales.net.amount * 1.5);
  await change(graph, staff(), 'hideReview', { id, reason: 'Advertising' });
  expect(await dashboard()).toMatchObject({ unansweredReviewCount: 0 });
});

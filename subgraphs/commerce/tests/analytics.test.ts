import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { analytics, analyticsRefusal, ordered, ordersByDay } from './analytics.story.ts';
import { Buyer } from './checkout.story.ts';
import { changeCatalogue, type Market, type Offered, openMarket, putOnOffer } from './offer.story.ts';
import { bookkeeper } from './payment.story.ts';
import { seller, staff, startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
let market: Market;
let tea: Offered;

beforeAll(async () => {
  graph = await startCommerce();
}, 30_000);

beforeEach(async () => {
  market = await openMarket(graph);
  tea = await putOnOffer(graph, market, 1_000, 'Tea');
});

afterAll(() => graph.stop());

const francs = (amount: number) => ({ amount, currency: 'CHF' });

describe('Sales', () => {
  test('are told day by day, with the days on which there were none, and compared with as many days before', async () => {
    await ordered(graph, tea, { at: '2026-05-01T00:00:00Z', quantity: 2, discount: 500 });
    await ordered(graph, tea, { at: '2026-05-03T23:59:59.999Z' });
    await ordered(graph, tea, { at: '2026-04-28T00:00:00Z' });
    for (const outside of ['2026-04-27T23:59:59.999Z', '2026-05-04T00:00:00Z'])
      await ordered(graph, tea, { at: outside });
    const told = await analytics(graph, market, { from: '2026-05-01', to: '2026-05-03' });
    const [{ series, ...francsOf }] = told.currencies;
    expect(series.map(({ from, to, sales }: any) => [from, to, sales.orders, sales.units])).toEqual([
      ['2026-05-01', '2026-05-01', 1, 2],
      ['2026-05-02', '2026-05-02', 0, 0],
      ['2026-05-03', '2026-05-03', 1, 1],
    ]);
    expect(francsOf).toMatchObject({
      currency: 'CHF',
      sales: { orders: 2, units: 3, gross: francs(3_000), discount: francs(500), averageOrderValue: francs(1_250) },
      before: { orders: 1, units: 1, gross: francs(1_000), averageOrderValue: francs(1_000) },
      change: { orders: 1, units: 2, gross: 2, net: null },
      returnRate: null,
    });
    expect(series[1].sales.averageOrderValue).toBeNull();
  });

  test('are told by weeks and months as well, and add up to the same', async () => {
    for (const day of ['01', '03', '04', '31']) await ordered(graph, tea, { at: `2026-05-${day}T12:00:00Z` });
    await ordered(graph, tea, { at: '2026-06-02T12:00:00Z' });
    const span = { from: '2026-05-01', to: '2026-06-30' };
    const weeks = await analytics(graph, market, { ...span, interval: 'WEEK' });
    expect(ordersByDay(weeks)).toEqual({ '2026-05-01': 2, '2026-05-04': 1, '2026-05-25': 1, '2026-06-01': 1 });
    const months = await analytics(graph, market, { ...span, interval: 'MONTH' });
    expect(ordersByDay(months)).toEqual({ '2026-05-01': 4, '2026-06-01': 1 });
    expect(weeks.currencies[0].sales).toEqual(months.currencies[0].sales);
  });

  test.each([
    // The clock goes from 2 to 3: the day has 23 hours.
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00Z', '2026-03-29T21:59:59Z'],
    // And from 3 back to 2: it has 25.
    ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00Z', '2026-10-25T22:59:59Z'],
    ['America/New_York', '2026-03-08', '2026-03-08T05:00:00Z', '2026-03-09T03:59:59Z'],
    ['America/New_York', '2026-11-01', '2026-11-01T04:00:00Z', '2026-11-02T04:59:59Z'],
    // Midnight comes twice, and not at all.
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00Z', '2026-11-02T04:59:59Z'],
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00Z', '2026-04-24T20:59:59Z'],
    ['Pacific/Kiritimati', '2026-05-01', '2026-04-30T10:00:00Z', '2026-05-01T09:59:59Z'],
  ])('in %s on %s are of the hours of that day, whatever the clock does', async (timeZone, day, first, last) => {
    const second = 1_000;
    const around = [Date.parse(first) - second, Date.parse(first), Date.parse(last), Date.parse(last) + second];
    for (const at of around) await ordered(graph, tea, { at: new Date(at) });
    const only = await analytics(graph, market, { from: day, to: day, timeZone });
    expect(ordersByDay(only)).toEqual({ [day]: 2 });
    const month = `${day.slice(0, 8)}01`;
    const wider = await analytics(graph, market, { from: month, to: day, timeZone });
    expect(ordersByDay(wider)[day]).toBe(2);
  });

  test('are those of the last 30 days unless told', async () => {
    const now = graph.clock.now();
    const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 60 * 60 * 1_000);
    for (const days of [0, 29, 30]) await ordered(graph, tea, { at: daysAgo(days) });
    const { currencies, from, to } = await analytics(graph, market, {});
    expect([from, to]).toEqual([daysAgo(29), now].map((day) => day.toISOString().slice(0, 10)));
    expect(currencies[0]).toMatchObject({ sales: { orders: 2 }, before: { orders: 1 } });
  });

  test('are also there for a shop that has none, in its currency', async () => {
    const euros = await openMarket(graph, { currency: 'EUR' });
    const told = await analytics(graph, euros, { from: '2026-05-01', to: '2026-05-02' });
    expect(told).toMatchObject({
      currencies: [{ currency: 'EUR', sales: { orders: 0, net: { amount: 0, currency: 'EUR' } }, returnRate: null }],
      bestSellers: [],
      customers: { firstTime: 0, returning: 0 },
      carts: { carts: 0, ordered: 0, share: null },
    });
  });

  test.each([
    ['days in the wrong order', { from: '2026-05-02', to: '2026-05-01' }],
    ['more than a year', { from: '2025-05-01', to: '2026-05-02' }],
    ['days before our time', { from: '0001-01-01', to: '0001-01-02' }],
    ['days after our time', { from: '9999-12-30', to: '9999-12-31' }],
    ['no time zone', { timeZone: 'Mars/Olympus' }],
    ['an offset', { timeZone: '+01:00' }],
    ['a short name, which the database takes for an offset', { timeZone: 'CET' }],
    ['a time zone that is none of ours', { timeZone: `UTC'; drop table shop; --` }],
  ])('are not told for %s', async (_, args) => {
    expect(await analyticsRefusal(graph, market.shopId, args, market.owner)).toEqual(['BAD_USER_INPUT']);
  });

  test('of a whole leap year are told', async () => {
    const { currencies } = await analytics(graph, market, { from: '2028-01-01', to: '2028-12-31' });
    expect(currencies[0].series).toHaveLength(366);
  });

  test('are for the shop’s own people and for those who read the books', async () => {
    await ordered(graph, tea, { at: '2026-05-01T00:00:00Z' });
    const span = { from: '2026-05-01', to: '2026-05-03' };
    expect((await analytics(graph, market, span, { ...bookkeeper() })).currencies[0].sales.orders).toBe(1);
    const others = [seller(), { ...market.owner, scope: 'commerce:write' }, staff(), new Buyer(graph).as!];
    for (const as of others) {
      expect(await analyticsRefusal(graph, market.shopId, span, as)).toEqual(['FORBIDDEN']);
      const dashboard = `query ($id: ID!) { shop(id: $id) { dashboard { ordersToSend } } }`;
      expect(await graph.codes(dashboard, as, { id: market.shopId })).toEqual(['FORBIDDEN']);
    }
    expect(await analyticsRefusal(graph, market.shopId, span)).toEqual(['UNAUTHENTICATED']);
    // Another shop's are not mixed in.
    const other = await openMarket(graph);
    expect((await analytics(graph, other, span)).currencies[0].sales.orders).toBe(0);
  });
});

test('What sold best is told, the most things first, and only of that time', async () => {
  const pot = await putOnOffer(graph, market, 5_000, 'Pot');
  await ordered(graph, tea, { at: '2026-05-01T12:00:00Z', quantity: 2 });
  await ordered(graph, tea, { at: '2026-05-02T12:00:00Z', quantity: 1 });
  await ordered(graph, pot, { at: '2026-05-02T12:00:00Z', quantity: 4, price: 5_000 });
  await ordered(graph, pot, { at: '2026-05-03T12:00:00Z', quantity: 9, price: 5_000 });
  const { bestSellers } = await analytics(graph, market, { from: '2026-05-01', to: '2026-05-02' });
  expect(bestSellers).toEqual([
    { title: 'Pot', units: 4, ordered: francs(20_000), product: { id: pot.productId } },
    { title: 'Tea', units: 3, ordered: francs(3_000), product: { id: tea.productId } },
  ]);
});

test('Who buys for the first time is told from who comes back, guests by their address', async () => {
  const [loyal, fresh] = [randomUUID(), randomUUID()];
  const elsewhere = await putOnOffer(graph, await openMarket(graph), 100);
  await ordered(graph, tea, { at: '2026-01-01T12:00:00Z', userId: loyal });
  await ordered(graph, tea, { at: '2026-01-01T12:00:00Z', email: 'Guest@example.com' });
  // Of another shop, which does not count.
  await ordered(graph, elsewhere, { at: '2026-01-01T12:00:00Z', userId: fresh });
  await ordered(graph, elsewhere, { at: '2026-01-01T12:00:00Z', email: 'new@example.com' });
  for (const userId of [loyal, fresh, fresh]) await ordered(graph, tea, { at: '2026-05-01T12:00:00Z', userId });
  for (const email of ['guest@example.com', 'new@example.com', 'NEW@example.com']) {
    await ordered(graph, tea, { at: '2026-05-01T12:00:00Z', email });
  }
  const { customers } = await analytics(graph, market, { from: '2026-05-01', to: '2026-05-02' });
  expect(customers).toEqual({ firstTime: 2, returning: 2 });
});

test('Of the carts with something of a shop it is told how many were bought', async () => {
  const [one, two] = [new Buyer(graph), new Buyer(graph)];
  const pot = await putOnOffer(graph, market, 5_000, 'Pot');
  await one.pick([tea, 1], [pot, 1]);
  await two.pick([tea, 1]);
  expect((await one.buy()).kind).toBe('CheckoutCompleted');
  const { carts } = await analytics(graph, market, {});
  expect(carts).toEqual({ carts: 2, ordered: 1, share: 0.5 });
});

test('The series can be taken along as a text, of which a spreadsheet runs nothing', async () => {
  await changeCatalogue(graph, 'update shop set name = ? where id = ?', ['=HYPERLINK("x";"y")', market.shopId]);
  await ordered(graph, tea, { at: '2026-05-02T12:00:00Z', quantity: 2, discount: 5 });
  const { csv } = await analytics(graph, market, { from: '2026-05-01', to: '2026-05-02' });
  const shop = `"'=HYPERLINK(""x"";""y"")"`;
  expect(csv.split('\r\n')).toEqual([
    '"shop","from","to","currency","orders","units","gross","discount","paid","refunds","tax","commission","net"',
    `${shop},"2026-05-01","2026-05-01","CHF",0,0,0.00,0.00,0.00,0.00,0.00,0.00,0.00`,
    `${shop},"2026-05-02","2026-05-02","CHF",1,2,20.00,0.05,0.00,0.00,0.00,0.00,0.00`,
  ]);
});

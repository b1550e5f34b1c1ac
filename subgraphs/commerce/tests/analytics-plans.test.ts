import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { createLoaders, type CommerceWork } from '../src/context.ts';
import { SalesInterval } from '../src/analytics/calendar.ts';
import { FIGURES } from './analytics.story.ts';
import { openMarket, putOnOffer } from './offer.story.ts';
import { openShop } from './shop.story.ts';
import { startCommerce, type TestCommerce } from './story.ts';

/** Enough for the database to prefer an index where there is one, of as many shops as leave a few hundred for each. */
const ORDERS = 40_000;
const SHOPS = 100;

let graph: TestCommerce;
let owner: Awaited<ReturnType<typeof openMarket>>['owner'];
let shopIds: string[];

beforeAll(async () => {
  graph = await startCommerce();
  const market = await openMarket(graph);
  const { productId, variantId } = await putOnOffer(graph, market, 100);
  owner = market.owner;
  shopIds = [market.shopId, (await openShop(graph, owner)).id, (await openShop(graph, owner)).id];
  // As the owner of the tables, who may leave out what checks each row: it is another test's.
  const client = new pg.Client({ connectionString: graph.database.url });
  await client.connect();
  const offered = [productId, variantId];
  try {
    await client.query(`set search_path to commerce, extensions; set session_replication_role = replica`);
    await client.query(
      `insert into shop select gen_random_uuid(), organization_id, owner_id, 'Shop ' || n, 'many-' || n, '', 'CHF', 'CH',
         0, true, 0, 'OPEN', null, 1, now(), now(), now() from shop, generate_series(1, ${SHOPS}) n where shop.id = $1`,
      [market.shopId],
    );
    const shops = `(select array_agg(id order by id = '${market.shopId}' desc) as ids from shop) shops`;
    const series = `generate_series(1, ${ORDERS}) n`;
    // Half of them of guests; over a year.
    const whom = `case when n % 2 = 0 then md5((n % 5000)::text)::uuid end`;
    const when = `now() - n * interval '13 minutes'`;
    const sums = `'CHF', 100, 0, 0, 100`;
    await client.query(`
      insert into customer_order (id, number, user_id, token_hash, cart_id, state, currency, subtotal, discount, tax, total,
        email, shipping_address, payment_due_at, created_at, updated_at, placed_at)
      select md5('order ' || n)::uuid, n, ${whom}, case when n % 2 = 1 then 'token ' || n end, md5('cart ' || n)::uuid,
        'PLACED', ${sums}, 'guest-' || n % 5000 || '@example.com', '{}', now(), ${when}, now(), ${when} from ${series};
      insert into shop_order (id, order_id, number, shop_id, organization_id, user_id, state, currency, subtotal, discount, tax,
        total, commission, created_at, updated_at, placed_at)
      select md5('part ' || n)::uuid, md5('order ' || n)::uuid, n, shops.ids[1 + n % ${SHOPS}], '${owner.org}', ${whom},
        case when n % 10 = 0 then 'PLACED' else 'DELIVERED' end, ${sums}, 0, ${when}, now(), ${when} from ${series}, ${shops}`);
    await client.query(
      `insert into order_item (id, order_id, shop_order_id, organization_id, user_id, product_id, variant_id, sku, title,
         currency, unit_price, quantity, subtotal, discount, tax, total)
       select gen_random_uuid(), md5('order ' || n)::uuid, md5('part ' || n)::uuid, '${owner.org}', null, $1, $2, 'SKU',
         'Tea', 'CHF', 100, 1, 100, 0, 0, 100 from ${series}`,
      offered,
    );
    await client.query(`
      insert into ledger_entry (id, transaction_id, kind, account, shop_id, organization_id, currency, amount, occurred_at)
      select gen_random_uuid(), gen_random_uuid(), 'CAPTURE', 'SHOP_PAYABLE', shops.ids[1 + n % ${SHOPS}], '${owner.org}', 'CHF',
        100, ${when} from ${series}, ${shops};
      insert into cart (id, token_hash, currency, state, created_at, updated_at)
      select md5('cart ' || n)::uuid, 'token ' || n, 'CHF', case when n % 2 = 0 then 'ACTIVE' else 'ORDERED' end, now(), now()
      from ${series};
      insert into stock_level (id, variant_id, shop_id, organization_id, created_at, updated_at)
      select gen_random_uuid(), md5('variant ' || n)::uuid, shops.ids[1 + n % ${SHOPS}], '${owner.org}', now(), now()
      from ${series}, ${shops};
      insert into product_variant (id, product_id, shop_id, organization_id, sku, title, price, currency, active, position,
        created_at, updated_at)
      select md5('variant ' || n)::uuid, '${productId}', shops.ids[1 + n % ${SHOPS}], '${owner.org}', 'sku-' || n, 'Tea', 100,
        'CHF', true, n, now(), now() from ${series}, ${shops};
      insert into review (id, product_id, shop_id, organization_id, rating, created_at, updated_at)
      select gen_random_uuid(), '${productId}', shops.ids[1 + n % ${SHOPS}], '${owner.org}', 5, now(), now()
      from ${series}, ${shops}`);
    await client.query(
      `insert into cart_item (id, cart_id, variant_id, shop_id, quantity, agreed_price, added_at)
       select gen_random_uuid(), md5('cart ' || n)::uuid, $1, shops.ids[1 + n % ${SHOPS}], 1, 100, ${when}
       from ${series}, ${shops}`,
      [variantId],
    );
    await client.query(
      'analyze customer_order, shop_order, order_item, ledger_entry, cart, cart_item, stock_level, product_variant, review',
    );
  } finally {
    await client.end();
  }
}, 120_000);

afterAll(() => graph.stop());

/** The plans of all statements that something causes. */
async function plansOf(run: (loaders: ReturnType<typeof createLoaders>) => Promise<unknown>): Promise<string> {
  const plans: string[] = [];
  await graph.runtime.asSystem(async (work: CommerceWork) => {
    const execute = work.em.execute.bind(work.em) as (sql: string, params?: unknown[]) => Promise<unknown>;
    work.em.execute = (async (sql: string, params: unknown[] = []) => {
      const rows = (await execute(`explain ${sql}`, params)) as Record<string, string>[];
      plans.push(...rows.map((row) => row['QUERY PLAN']!));
      return execute(sql, params);
    }) as typeof work.em.execute;
    await run(createLoaders(work as never));
  });
  expect(plans).not.toEqual([]);
  return plans.join('\n');
}

test.each([
  ['salesOfShop', ['shop_order_placed', 'order_item_by_shop_order', 'ledger_entry_by_shop']],
  ['bestSellersOfShop', ['shop_order_placed', 'order_item_by_shop_order']],
  ['customersOfShop', ['shop_order_placed', 'shop_order_of_buyer', 'customer_order_of_guest']],
  ['cartsOfShop', ['cart_item_by_shop']],
] as const)('What %s tells of one shop is found by its indexes, and not among all shops', async (loader, indexes) => {
  const to = new Date().toISOString().slice(0, 10);
  for (const days of [30, 366]) {
    const from = new Date(Date.parse(to) - days * 24 * 60 * 60 * 1_000).toISOString().slice(0, 10);
    const range = { from, to, timeZone: 'Europe/Berlin', interval: SalesInterval.DAY };
    const plan = await plansOf((loaders) => loaders[loader].load({ shopId: shopIds[0]!, range }));
    expect(plan).not.toContain('Seq Scan');
    // Of a year it may be as well to read all that the shop has.
    expect(days === 30 ? indexes.filter((index) => !plan.includes(index)) : []).toEqual([]);
  }
});

test('What waits in a shop is not looked for among all shops', async () => {
  // Of products there is one, which policies look for.
  expect(await plansOf((loaders) => loaders.workOfShop.load(shopIds[0]!))).not.toMatch(/Seq Scan on (?!product )/);
});

test('Figures and dashboards cost the same for three shops as for one, and for a year as for a day', async () => {
  const everything = (from: string) => `id
    analytics(from: "${from}", to: "2026-05-01") {
      currencies { sales ${FIGURES} series { sales ${FIGURES} } } bestSellers { title product { id } }
      customers { firstTime returning } carts { share } csv }
    dashboard { ordersToSend oldestWaitingSince lowStockCount unansweredReviewCount openReturnCount balance { amount }
      today { sales ${FIGURES} } last7Days { change { net } } last30Days { before { orders } } }`;
  const ask = (count: number, from: string) => () =>
    graph.entities('Shop', shopIds.slice(0, count), everything(from), owner);
  const one = await graph.sql.during(ask(1, '2026-05-01'));
  expect(await graph.sql.during(ask(3, '2026-05-01'))).toBe(one);
  expect(await graph.sql.during(ask(3, '2025-05-02'))).toBe(one);
});

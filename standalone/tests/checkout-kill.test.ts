import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { commerce } from '@supergraph/commerce';
import {
  startTestSubgraph,
  SubgraphClient,
  TEST_SEALING_SECRET,
  TEST_SIGNING_SECRET,
  type TestSubgraph,
} from '@supergraph/testkit';
import { inherited } from './support/service.ts';

const CHILD = fileURLToPath(new URL('support/checkout.process.mjs', import.meta.url));

/** Each has one unit of it in a cart of their own, and one unit is all there is for them. */
const PRICE = 1_081;

const CHECKOUT = `mutation ($input: CheckoutInput!) {
  checkoutComplete(input: $input) {
    kind: __typename
    ... on CheckoutCompleted { order { id state } }
    ... on CheckoutPending { order { id state } }
    ... on CheckoutFailed { order { id state } reason }
  }
}`;

/** How many payments the provider has taken money for, and what of money and goods does not add up. */
const BOOKS = `
select
  (select count(*)::int from test_provider_object where kind = 'PAYMENT' and subject_id in (
    select id from payment where order_id = :order) and state = 'CAPTURED') as charges,
  (select count(*)::int from test_provider_object where kind = 'PAYMENT' and subject_id in (
    select id from payment where order_id = :order) and state = 'AUTHORIZED') as holds,
  (select count(*)::int from (
    select currency from ledger_entry group by currency having sum(amount) <> 0) unbalanced) as unbalanced,
  (select count(*)::int from stock_level l where available < 0 or on_hand <> (
    select coalesce(sum(quantity), 0) from stock_movement m where m.variant_id = l.variant_id)
    or reserved <> (select coalesce(sum(quantity), 0) from stock_reservation r
      where r.variant_id = l.variant_id and r.state = 'HELD')) as "shelvesThatDoNotAddUp"`;

let graph: TestSubgraph<any>;
let shopId: string;

const system = <Result>(run: (em: any) => Promise<Result>): Promise<Result> =>
  graph.running.runtime.asSystem(({ em }: any) => run(em));

beforeAll(async () => {
  graph = await startTestSubgraph(commerce, {
    environment: { COMMISSION_RATE: 1_000, PAYMENT_TIMEOUT_MS: 2_000 } as never,
  });
  shopId = randomUUID();
  await system((em) =>
    em.execute(
      `insert into shop (id, organization_id, owner_id, name, slug, description, currency, country, tax_rate,
         prices_include_tax, commission_rate, state, created_at, updated_at, opened_at)
       values (?, ?, ?, 'Shop', 'shop', '', 'CHF', 'CH', 810, true, 1000, 'OPEN', now(), now(), now())`,
      [shopId, randomUUID(), randomUUID()],
    ),
  );
}, 60_000);

afterAll(() => graph?.stop());

/** The last unit of something, in a guest's cart. @returns what the guest agrees to */
async function fillCart() {
  const [productId, variantId] = [randomUUID(), randomUUID()];
  await system(async (em) => {
    await em.execute(
      `insert into product (id, shop_id, organization_id, title, slug, description, status, shop_open, currency, lowest_price,
         created_at, updated_at, published_at)
       select ?, id, organization_id, 'Tea', ?, '', 'ACTIVE', true, 'CHF', ?, now(), now(), now() from shop`,
      [productId, productId, PRICE],
    );
    await em.execute(
      `insert into product_variant (id, product_id, shop_id, organization_id, sku, title, price, currency, active, position,
         created_at, updated_at)
       select ?, ?, id, organization_id, ?, 'Tea', ?, 'CHF', true, 0, now(), now() from shop`,
      [variantId, productId, variantId, PRICE],
    );
  });
  const [shop] = await system<any[]>((em) => em.execute('select organization_id from shop'));
  const authorization = graph.tokens.authorization({
    ...{ sub: randomUUID(), org: shop.organization_id, scope: 'commerce:read commerce:write' },
  });
  const receive = 'mutation ($input: ReceiveStockInput!) { receiveStock(input: $input) { id } }';
  const stock = { variantId, quantity: 1, idempotencyKey: variantId };
  await graph.client.queryData(receive, { authorization, variables: { input: stock } });
  const add = 'mutation ($input: CartItemInput!) { addToCart(input: $input) { token } }';
  const { addToCart } = await graph.client.queryData(add, { variables: { input: { variantId, quantity: 1 } } });
  const address = { name: 'Ada', line1: 'Street 1', postalCode: '1200', city: 'Genève', country: 'CH' };
  return {
    ...{ token: addToCart.token, expectedTotal: { amount: PRICE, currency: 'CHF' }, email: 'ada@example.com' },
    ...{ shippingAddress: address, paymentMethod: 'test_ok', idempotencyKey: randomUUID() },
  };
}

/** A replica that is killed right before it commits for this time. */
async function startReplica(commits: number): Promise<{ child: ChildProcess; client: SubgraphClient }> {
  const now = graph.clock.now().getTime();
  const variables = {
    ...{ DATABASE_URL: graph.database.url, DATABASE_POOL_SIZE: '4', JWKS_URL: 'http://127.0.0.1:9/' },
    ...{ SUBGRAPH_SIGNING_SECRET: TEST_SIGNING_SECRET, SEALING_SECRETS: TEST_SEALING_SECRET, LOG_LEVEL: 'silent' },
  };
  const child = fork(CHILD, [JSON.stringify({ variables, now })], {
    env: inherited(),
  });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  child.send({ commits });
  await once(child, 'message');
  return { child, client: new SubgraphClient(url, TEST_SIGNING_SECRET, () => now) };
}

/** What runs every minute, and what waits. */
async function minuteLater(): Promise<void> {
  graph.clock.advance({ seconds: 61 });
  for (const name of ['settle-payments', 'expire-orders']) {
    await graph.running.runtime.asSystem(async (work: any) => work.schedule({ name, data: {}, key: randomUUID() }));
  }
  for (let round = 0; round < 4; round += 1) {
    await graph.runJobs();
    await graph.drainEvents();
  }
}

it('A checkout that is killed before any of its commits goes on, and charges at most once', async () => {
  let kills = 0;
  for (let commits = 1; ; commits += 1) {
    const input = await fillCart();
    const { child, client } = await startReplica(commits);
    const gone = once(child, 'exit');
    const answer = await client.query(CHECKOUT, { variables: { input } }).catch(() => undefined);
    child.kill('SIGKILL');
    await gone;
    if (!answer) kills += 1;
    // What a buyer does whose browser lost the answer, a minute after somebody else has taken over.
    await minuteLater();
    const { checkoutComplete } = await graph.client.queryData(CHECKOUT, { variables: { input } });
    await minuteLater();
    expect({ commits, ...checkoutComplete }).toMatchObject({
      commits,
      kind: 'CheckoutCompleted',
      order: { state: 'PLACED' },
    });
    const [books] = await system<any[]>((em) =>
      em.execute(BOOKS.replaceAll(':order', `'${checkoutComplete.order.id}'`)),
    );
    expect({ commits, ...books }).toEqual({ commits, charges: 1, holds: 0, unbalanced: 0, shelvesThatDoNotAddUp: 0 });
    if (answer) break;
  }
  // Or nothing was killed, and nothing shown.
  expect(kills).toBeGreaterThanOrEqual(5);
}, 180_000);

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { seedDemo } from '../src/demo/seed-demo.ts';
import { requireOrder } from './checkout.story.ts';
import { brokenLevels } from './stock.story.ts';
import { startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;

const person = () => ({ userId: randomUUID(), organizationId: randomUUID() });
const owner = person();
// As identity has them: two of the demo work for the same organization.
const agent = { ...person(), organizationId: owner.organizationId };
const people = { owner, vendor: person(), agent, customer: person() };
const select = <Row>(sql: string) => graph.runtime.asSystem(({ em }) => em.execute<Row[]>(sql));

beforeAll(async () => {
  graph = await startCommerce();
  await Promise.all([seedDemo(graph.runtime, people), seedDemo(graph.runtime, people)]);
}, 60_000);

afterAll(() => graph.stop());

test('The demo has shops of several organizations, hundreds of products, and a tree to find them in', async () => {
  const shops = await select<{ organization_id: string; currency: string }>(
    'select organization_id, currency from shop',
  );
  expect(shops.map(({ currency }) => currency).toSorted()).toEqual(['EUR', 'JPY', 'KWD', 'USD']);
  expect(new Set(shops.map((shop) => shop.organization_id)).size).toBe(3);
  const { products } = await graph.data(`{ products(filter: { text: "headphones" }) { totalCount edges { node {
    shop { name } category { name parent { name } } variants { title price { amount currency } }
  } } } }`);
  expect(products.totalCount).toBeGreaterThan(15);
  expect(products.edges[0].node).toMatchObject({
    shop: { name: 'Harbor Audio' },
    category: { name: 'Headphones', parent: { name: 'Electronics' } },
  });
  expect(products.edges[0].node.variants).toHaveLength(3);
  const statuses = await select<{ status: string; count: number }>(
    'select status, count(*)::int as count from product group by 1 order by 1',
  );
  expect(statuses).toEqual([
    { status: 'ACTIVE', count: 288 },
    { status: 'ARCHIVED', count: 16 },
    { status: 'DRAFT', count: 16 },
  ]);
});

test('Its orders are in every state, some were reviewed, and a cart is left', async () => {
  const orders = await select<{ state: string; count: number }>(
    'select state, count(*)::int as count from customer_order group by 1 order by 1',
  );
  expect(orders).toEqual([
    { state: 'CANCELLED', count: 2 },
    { state: 'DELIVERED', count: 2 },
    { state: 'EXPIRED', count: 1 },
    { state: 'FULFILLED', count: 1 },
    { state: 'PARTIALLY_FULFILLED', count: 1 },
    { state: 'PARTIALLY_RETURNED', count: 1 },
    { state: 'PENDING_PAYMENT', count: 1 },
    { state: 'PLACED', count: 4 },
    { state: 'RETURNED', count: 1 },
  ]);
  const reviews = await select('select rating, reply is not null as answered from review order by rating');
  expect(reviews).toEqual([
    { rating: 3, answered: false },
    { rating: 5, answered: true },
  ]);
  const [left] = await select<{ items: number }>(
    `select count(*)::int as items from cart join cart_item on cart_id = cart.id
     where state = 'ACTIVE' and user_id = '${people.customer.userId}'`,
  );
  expect(left).toEqual({ items: 2 });
});

test('Its prices, stock and books are right, and it is made once', async () => {
  await requireOrder(graph);
  expect(await brokenLevels(graph)).toEqual([]);
  const wrong = await select(`select id from product where lowest_price is distinct from
    (select min(price) from product_variant where product_id = product.id and active)`);
  expect(wrong).toEqual([]);
  const before = await select('select count(*) from product');
  await seedDemo(graph.runtime, people);
  expect(await select('select count(*) from product')).toEqual(before);
});

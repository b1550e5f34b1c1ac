import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { createLoaders, type CommerceWork } from '../src/context.ts';
import { ReviewSort } from '../src/review/review-sort.ts';
import { type Market, type Offered, openMarket, putOnOffer } from './offer.story.ts';
import { buyerOf, change, customer, review } from './review.story.ts';
import { startCommerce, type TestCommerce } from './story.ts';

/** Enough for the database to prefer an index where there is one. */
const REVIEWS = 20_000;

let graph: TestCommerce;
let market: Market;
const teas: Offered[] = [];
/** By what they are: written in this order, with so many stars. */
const ids: Record<string, string> = {};
let author: Awaited<ReturnType<typeof buyerOf>>;

beforeAll(async () => {
  graph = await startCommerce();
  market = await openMarket(graph);
  for (let count = 0; count < 3; count += 1) teas.push(await putOnOffer(graph, market, 100));
  for (const [name, rating] of [
    ['first', 3],
    ['second', 5],
    ['third', 1],
    ['fourth', 5],
  ] as const) {
    author = await buyerOf(graph, teas[0]!);
    ids[name] = (await review(graph, author, teas[0]!.productId, rating)).id;
  }
  await review(graph, await buyerOf(graph, teas[1]!), teas[1]!.productId, 2);
  for (let count = 0; count < 2; count += 1) await change(graph, customer(), 'voteForReview', { id: ids['first'] });
  await change(graph, customer(), 'voteForReview', { id: ids['third'] });
}, 60_000);

afterAll(() => graph.stop());

const LIST = `query ($id: ID!, $sort: ReviewSort, $filter: ReviewFilter, $first: Int, $after: String, $last: Int) {
  product(id: $id) { reviews(sort: $sort, filter: $filter, first: $first, after: $after, last: $last) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { id } } } } }`;
const list = async (args: object = {}) =>
  (await graph.data(LIST, undefined, { id: teas[0]!.productId, ...args }))['product'].reviews;
const named = ({ edges }: { edges: { node: { id: string } }[] }) =>
  edges.map(({ node }) => Object.keys(ids).find((name) => ids[name] === node.id));

const ORDERS = {
  NEWEST: ['fourth', 'third', 'second', 'first'],
  OLDEST: ['first', 'second', 'third', 'fourth'],
  HIGHEST: ['fourth', 'second', 'first', 'third'],
  LOWEST: ['third', 'first', 'fourth', 'second'],
  MOST_HELPFUL: ['first', 'third', 'fourth', 'second'],
};

test.each(Object.entries(ORDERS))(
  'Reviews are read %s first, page by page and from either end',
  async (sort, order) => {
    expect(named(await list({ sort }))).toEqual(order);
    expect(named(await list({ sort, last: 1 }))).toEqual(order.slice(-1));
    const walked: unknown[] = [];
    let page = await list({ sort, first: 1 });
    walked.push(...named(page));
    while (page.pageInfo.hasNextPage) {
      page = await list({ sort, first: 1, after: page.pageInfo.endCursor });
      walked.push(...named(page));
    }
    expect(walked).toEqual(order);
  },
);

test('Reviews are found by their stars', async () => {
  const found = await list({ filter: { stars: 5 } });
  expect(found.totalCount).toBe(2);
  expect(named(found)).toEqual(['fourth', 'second']);
  expect((await list({ filter: { stars: 4 } })).totalCount).toBe(0);
  expect(await graph.codes(LIST, undefined, { id: teas[0]!.productId, filter: { stars: 6 } })).toEqual([
    'BAD_USER_INPUT',
  ]);
});

test('One’s own reviews are for oneself', async () => {
  const own = '... on User { reviews { edges { node { id product { id } } } } }';
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ${own} } }`;
  const of = [{ __typename: 'User', id: author.sub }];
  const [user] = (await graph.data(query, author, { of }))['_entities'];
  expect(user.reviews.edges).toEqual([{ node: { id: ids['fourth'], product: { id: teas[0]!.productId } } }]);
  expect(await graph.codes(query, customer(), { of })).toEqual(['FORBIDDEN']);
  expect(await graph.codes(query, market.owner, { of })).toEqual(['FORBIDDEN']);
});

test('Ratings and reviews cost the same for three products as for one', async () => {
  const everything = `id starCounts { count } shop { rating ratingCount } ownReview { id }
    reviews(first: 5) { totalCount edges { node { id isHelpfulToCaller product { id } author { id } } } }`;
  const ask = (count: number) => () =>
    graph.entities(
      'Product',
      teas.slice(0, count).map(({ productId }) => productId),
      everything,
      author,
    );
  const one = await graph.sql.during(ask(1));
  expect(await graph.sql.during(ask(3))).toBe(one);
});

test('References to reviews cost the same for four as for one, and are null for what is missing', async () => {
  const [first, second, ...others] = Object.values(ids) as [string, string, ...string[]];
  const asked = 'id product { title } author { id } isHelpfulToCaller';
  const resolve = (wanted: readonly string[]) => graph.entities('Review', wanted, asked, author);
  const one = await graph.sql.during(() => resolve([first]));
  expect(await graph.sql.during(() => resolve([first, second, ...others]))).toBe(one);
  const found = await resolve([second, 'no id', first, second.toUpperCase(), market.shopId]);
  expect(found.map((each) => each?.['id'] ?? null)).toEqual([second, null, first, second, null]);
});

test('Of a table of some size no list of reviews is read to its end', async () => {
  await graph.runtime.asSystem(({ em }) =>
    em.execute(
      `insert into review (id, product_id, shop_id, organization_id, user_id, rating, hidden_at, hidden_reason, hidden_by,
         helpful_count, created_at, updated_at)
       select gen_random_uuid(), ids[1 + n % 2], ?, ?, gen_random_uuid(), 1 + n % 5, case when n % 50 = 0 then now() end,
         case when n % 50 = 0 then 'Advertising' end, case when n % 50 = 0 then gen_random_uuid() end, n % 100,
         now() - n * interval '1 minute', now()
       from generate_series(1, ${REVIEWS}) n, (select array[?::uuid, ?::uuid] as ids) products`,
      [market.shopId, market.owner.org, teas[0]!.productId, teas[1]!.productId],
    ),
  );
  // The owner of the tables measures them; `analyze` by anybody else does nothing.
  const client = new pg.Client({ connectionString: graph.database.url });
  await client.connect();
  await client.query('analyze commerce.review');
  await client.end();
  const lists = Object.values(ReviewSort).flatMap((sort) =>
    [undefined, { stars: 3 }].map((filter) => [sort, filter] as const),
  );
  for (const [sort, filter] of lists) {
    const plan = await plansOf((work) =>
      createLoaders(work as never).reviewsOfProduct.load(teas[0]!.productId, { sort, filter, first: 5 } as never),
    );
    expect(plan).toContain('Index Scan');
    expect(plan).not.toContain('Seq Scan on review');
    // Walked in the order of the list, and not sorted when all have been read: a small sort joins the lists of a batch.
    expect(plan).not.toMatch(/Sort.*\n.*->  (Bitmap|Seq)/);
  }
  for (const filter of [undefined, { unanswered: true }, { unanswered: false }, { stars: 2 }]) {
    const plan = await plansOf((work) =>
      createLoaders(work as never).reviewsOfShop.load(market.shopId, { filter, first: 5 } as never),
    );
    expect(plan).toContain('review_');
    expect(plan).not.toContain('Seq Scan on review');
  }
  const mine = await plansOf((work) => createLoaders(work as never).reviewsOfUser.load(author.sub, { first: 5 }));
  expect(mine).toContain('review_by_user');
});

/** The plans of all statements that something causes. */
async function plansOf(run: (work: CommerceWork) => Promise<unknown>): Promise<string> {
  const plans: string[] = [];
  await graph.runtime.asSystem(async (work) => {
    const execute = work.em.execute.bind(work.em) as (sql: string, params?: unknown[]) => Promise<unknown>;
    work.em.execute = (async (sql: string, params: unknown[] = []) => {
      const rows = (await execute(`explain ${sql}`, params)) as Record<string, string>[];
      plans.push(...rows.map((row) => row['QUERY PLAN']!));
      return execute(sql, params);
    }) as typeof work.em.execute;
    await run(work);
  });
  expect(plans).not.toEqual([]);
  return plans.join('\n');
}

import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { TestClaims } from '@supergraph/testkit';
import fc from 'fast-check';
import { holdProduct } from '../src/review/take-review.ts';
import { Buyer } from './checkout.story.ts';
import { type Market, type Offered, openMarket, putOnOffer } from './offer.story.ts';
import {
  accountDeleted,
  bought,
  buyerOf,
  change,
  changeOf,
  customer,
  refusal,
  type ReviewChange,
  wronglyKept,
} from './review.story.ts';
import { staff, startCommerce, type TestCommerce } from './story.ts';

const BUYERS = 6;

let graph: TestCommerce;
let market: Market;

beforeAll(async () => {
  graph = await startCommerce({ environment: { DATABASE_POOL_SIZE: 24 } });
  market = await openMarket(graph);
}, 30_000);

afterAll(() => graph.stop());

afterEach(async () => {
  const wrong = await wronglyKept(graph);
  if (wrong.length > 0) throw new Error(`What is kept is not what the reviews say: ${JSON.stringify(wrong)}`);
});

const parallel = <Result>(count: number, run: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)));

const ratingOf = async ({ productId }: Offered) =>
  (await graph.data('query ($id: ID!) { product(id: $id) { rating ratingCount } }', undefined, { id: productId }))[
    'product'
  ];

test('Fifty people rate one product at once, and all of them count', async () => {
  const tea = await putOnOffer(graph, market, 100);
  const buyers = await parallel(50, () => buyerOf(graph, tea));
  await parallel(50, (index) =>
    change(graph, buyers[index]!, 'addReview', { productId: tea.productId, rating: 1 + (index % 5) }),
  );
  expect(await ratingOf(tea)).toEqual({ rating: 3, ratingCount: 50 });
});

test('Of one person who rates a product many times at once, one rating counts and the others are a conflict', async () => {
  const tea = await putOnOffer(graph, market, 100);
  const buyer = await buyerOf(graph, tea);
  const input = { productId: tea.productId, rating: 4 };
  const answers = await parallel(20, () => graph.query(changeOf('addReview'), buyer, { input }));
  const refused = answers.flatMap(({ errors }) => errors);
  expect(refused).toHaveLength(19);
  expect(new Set(refused.map(({ extensions }) => extensions.code))).toEqual(new Set(['CONFLICT']));
  // Told by whoever looked, and not only by the index that would not have it.
  expect(new Set(refused.map(({ message }) => message))).toEqual(
    new Set(['You have reviewed this already. Change your review instead.']),
  );
  expect(await ratingOf(tea)).toEqual({ rating: 4, ratingCount: 1 });
});

test('The database itself takes one review of each person and product, and no stars that do not add up', async () => {
  const tea = await putOnOffer(graph, market, 100);
  const buyer = await buyerOf(graph, tea);
  await change(graph, buyer, 'addReview', { productId: tea.productId, rating: 4 });
  const run = (sql: string) => graph.runtime.asSystem(({ em }) => em.execute(sql, [tea.productId]));
  const copy = `insert into review (id, product_id, shop_id, organization_id, user_id, rating, created_at, updated_at)
    select gen_random_uuid(), product_id, shop_id, organization_id, user_id, 5, now(), now() from review where product_id = ?`;
  await expect(run(copy)).rejects.toThrow('review_product_id_user_id_key');
  for (const wrong of [
    'rating_count = 2',
    'rating_sum = 5',
    `rating_stars = '{0,0,0,0,1}'`,
    `rating_stars = '{0,0,0,1}'`,
  ]) {
    await expect(run(`update product set ${wrong} where id = ?`)).rejects.toThrow('product_');
  }
  // Nor is it written past the use-cases, whoever asks.
  const written = graph.runtime.openEntityManager().execute('update review set rating = 1 returning 1');
  expect(await written).toEqual([]);
});

test('Nobody who orders a product waits for somebody who rates it', async () => {
  const tea = await putOnOffer(graph, market, 100);
  await graph.runtime.asSystem((work) =>
    work.transaction(async () => {
      await holdProduct(work, tea.productId);
      const buyer = new Buyer(graph);
      await buyer.pick([tea, 1]);
      expect((await buyer.buy()).kind).toBe('CheckoutCompleted');
    }),
  );
}, 10_000);

test('While reviews come in, the shop is stopped and let sell again, and none waits for the other in a circle', async () => {
  const tea = await putOnOffer(graph, market, 100);
  const buyers = await parallel(30, () => buyerOf(graph, tea));
  const judge = staff();
  const stop = 'mutation ($input: SuspendShopInput!) { suspendShop(input: $input) { id } }';
  const again = 'mutation ($input: ReinstateShopInput!) { reinstateShop(input: $input) { id } }';
  const stopping = async () => {
    for (let round = 0; round < 6; round += 1) {
      await graph.data(stop, judge, { input: { id: market.shopId, reason: 'A look' } });
      await graph.data(again, judge, { input: { id: market.shopId } });
    }
  };
  const rating = (buyer: TestClaims) => refusal(graph, buyer, 'addReview', { productId: tea.productId, rating: 5 });
  const [, ...codes] = await Promise.all([stopping(), ...buyers.map(rating)]);
  expect(codes.flat()).toEqual([]);
  expect(await ratingOf(tea)).toEqual({ rating: 5, ratingCount: 30 });
});

const buyerIndex = fc.nat(BUYERS - 1);
const stars = fc.integer({ min: 1, max: 5 });
const step = fc.record({
  kind: fc.constantFrom('add', 'add', 'update', 'delete', 'hide', 'show', 'vote', 'withdraw', 'forget' as const),
  of: buyerIndex,
  by: buyerIndex,
  stars,
});

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** What is allowed to come of a step that others have made impossible meanwhile. */
const EXPECTED = new Set(['CONFLICT', 'VERSION_CONFLICT', 'NOT_FOUND', 'ILLEGAL_TRANSITION', 'FORBIDDEN']);

// What is found wrong is printed with the seed and the path that lead there again.
test('Whatever buyers and staff do at once, a product is rated what its reviews say', async () => {
  const property = fc.asyncProperty(
    fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 5 }),
    async (rounds) => {
      const tea = await putOnOffer(graph, market, 100);
      const people = await parallel(BUYERS, () => buyerOf(graph, tea));
      const judge = staff();
      const codes: string[] = [];
      const attempt = async (as: TestClaims, name: ReviewChange, input: object) => {
        const { errors } = await graph.query(changeOf(name), as, { input });
        codes.push(...errors.map(({ extensions }) => extensions.code));
      };
      const take = async ({ kind, of, by, stars: rating }: Step) => {
        const author = people[of]!;
        const [found] = await graph.runtime.asSystem(({ em }) =>
          em.execute<{ id: string; version: number }[]>(
            'select id, version from review where product_id = ? and user_id = ?',
            [tea.productId, author.sub],
          ),
        );
        const { id, version } = found ?? { id: randomUUID(), version: 1 };
        switch (kind) {
          case 'add':
            return attempt(author, 'addReview', { productId: tea.productId, rating });
          case 'update':
            return attempt(author, 'updateReview', { id, version, rating });
          case 'delete':
            return attempt(author, 'deleteReview', { id });
          case 'hide':
            return attempt(judge, 'hideReview', { id, reason: 'Advertising' });
          case 'show':
            return attempt(judge, 'showReview', { id });
          case 'vote':
            return attempt(people[by]!, 'voteForReview', { id });
          case 'withdraw':
            return attempt(people[by]!, 'withdrawReviewVote', { id });
          default: {
            await accountDeleted(graph, author.sub);
            people[of] = customer();
            return bought(graph, people[of].sub, tea);
          }
        }
      };
      for (const round of rounds) {
        await Promise.all(round.map(take));
        expect(await wronglyKept(graph)).toEqual([]);
      }
      expect(codes.filter((code) => !EXPECTED.has(code))).toEqual([]);
    },
  );
  await fc.assert(property, { numRuns: 25 });
}, 120_000);

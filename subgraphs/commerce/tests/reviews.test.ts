import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Buyer } from './checkout.story.ts';
import { changeCatalogue, type Market, type Offered, openMarket, putOnOffer } from './offer.story.ts';
import {
  accountDeleted,
  bought,
  buyerOf,
  change,
  customer,
  refusal,
  REVIEW,
  review,
  wronglyKept,
} from './review.story.ts';
import { seller, staff, startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
let market: Market;
let tea: Offered;

beforeAll(async () => {
  graph = await startCommerce();
  market = await openMarket(graph);
}, 30_000);

beforeEach(async () => {
  tea = await putOnOffer(graph, market, 1_000);
});

afterAll(() => graph.stop());

const PRODUCT = `query ($id: ID!) { product(id: $id) { rating ratingCount starCounts { stars count } ownReview ${REVIEW} reviews { totalCount edges { node ${REVIEW} } } } }`;
const productAs = async (as: Parameters<TestCommerce['data']>[1], { productId } = tea) =>
  (await graph.data(PRODUCT, as, { id: productId }))['product'];
const starsOf = ({ starCounts }: { starCounts: { count: number }[] }) => starCounts.map(({ count }) => count);
const seenAs = async (as: Parameters<TestCommerce['data']>[1], id: string) =>
  (await graph.data(`query ($id: ID!) { review(id: $id) ${REVIEW} }`, as, { id }))['review'];

describe('A review', () => {
  test('is written by who bought the product, and everybody reads it under the name its author chose', async () => {
    const ada = new Buyer(graph);
    await ada.pick([tea, 2]);
    expect((await ada.buy()).kind).toBe('CheckoutCompleted');
    const text = { title: ' Fine ', body: 'First line.\nSecond line.', authorName: 'Ada L.' };
    const written = await review(graph, ada.as!, tea.productId, 4, text);
    expect(written).toMatchObject({ rating: 4, title: 'Fine', body: 'First line.\nSecond line.', hidden: false });
    const product = await productAs(undefined);
    expect(product).toMatchObject({ rating: 4, ratingCount: 1, ownReview: null });
    expect(starsOf(product)).toEqual([0, 1, 0, 0, 0]);
    expect(product.reviews).toEqual({ totalCount: 1, edges: [{ node: { ...written, authorName: 'Ada L.' } }] });
    expect((await productAs(ada.as)).ownReview).toEqual(written);
  });

  test('is told of, once', async () => {
    const buyer = await buyerOf(graph, tea);
    const { id: reviewId } = await review(graph, buyer, tea.productId, 2);
    const { productId } = tea;
    const { shopId } = market;
    expect((await graph.eventsOf('review.added')).filter((event) => event.productId === productId)).toEqual([
      {
        ...{ reviewId, productId, productTitle: 'Tea', shopId },
        ...{ organizationId: market.owner.org, userId: buyer.sub, rating: 2 },
      },
    ]);
  });

  test.each([
    ['never bought it', undefined],
    ['has not paid yet', { state: 'PENDING_PAYMENT', placedAt: null }],
    ['did not pay in time', { state: 'EXPIRED', placedAt: null }],
    ['has had the order cancelled', { state: 'CANCELLED' }],
  ])('is not for whoever %s', async (_, order) => {
    const somebody = customer();
    if (order) await bought(graph, somebody.sub, tea, order);
    const input = { productId: tea.productId, rating: 5 };
    expect(await refusal(graph, somebody, 'addReview', input)).toEqual(['FORBIDDEN']);
    expect(await productAs(undefined)).toMatchObject({ ratingCount: 0 });
  });

  test('is not for strangers and machines, nor for whoever sells the product', async () => {
    const input = { productId: tea.productId, rating: 5 };
    const buyer = await buyerOf(graph, tea);
    expect(await refusal(graph, undefined, 'addReview', input)).toEqual(['UNAUTHENTICATED']);
    expect(await refusal(graph, { ...buyer, sid: undefined } as never, 'addReview', input)).toEqual(['FORBIDDEN']);
    await bought(graph, market.owner.sub!, tea);
    expect(await refusal(graph, market.owner, 'addReview', input)).toEqual(['FORBIDDEN']);
    // Nor in another organization's name, or by a colleague.
    expect(await refusal(graph, { ...market.owner, org: randomUUID() }, 'addReview', input)).toEqual(['FORBIDDEN']);
    expect(await refusal(graph, { ...buyer, org: market.owner.org }, 'addReview', input)).toEqual(['FORBIDDEN']);
    expect(await refusal(graph, { ...buyer, org: randomUUID() }, 'addReview', input)).toEqual([]);
  });

  test('may still be written when the product is not for sale any more, by who bought it and knows of it', async () => {
    const buyer = await buyerOf(graph, tea);
    await changeCatalogue(graph, `update product set status = 'ARCHIVED' where id = ?`, [tea.productId]);
    const input = { productId: tea.productId, rating: 5 };
    expect(await refusal(graph, customer(), 'addReview', input)).toEqual(['NOT_FOUND']);
    const written = await change(graph, buyer, 'addReview', input);
    expect(await seenAs(buyer, written.id)).toMatchObject({ rating: 5 });
    expect(await seenAs(undefined, written.id)).toBeNull();
    expect(await seenAs({ ...customer(), org: market.owner.org }, written.id)).toBeNull();
    expect(await seenAs(market.owner, written.id)).toMatchObject({ rating: 5 });
  });

  test.each([
    ['no stars', { rating: 0 }],
    ['six stars', { rating: 6 }],
    ['a title of two lines', { title: 'a\nb' }],
    ['a long title', { title: 'a'.repeat(121) }],
    ['a long text', { body: 'a'.repeat(5_001) }],
    ['a text that turns around', { body: 'good \u202e doog' }],
    ['a text with control characters', { body: 'a\u0007b' }],
    ['a blank text', { body: ' \n ' }],
    ['a long name', { authorName: 'a'.repeat(61) }],
  ])('with %s is refused', async (_, wrong) => {
    const buyer = await buyerOf(graph, tea);
    const input = { productId: tea.productId, rating: 3, ...wrong };
    expect(await refusal(graph, buyer, 'addReview', input)).toEqual(['BAD_USER_INPUT']);
  });

  test('is one for each person and product', async () => {
    const buyer = await buyerOf(graph, tea);
    await review(graph, buyer, tea.productId, 3);
    const again = { productId: tea.productId, rating: 5 };
    expect(await refusal(graph, buyer, 'addReview', again)).toEqual(['CONFLICT']);
    expect(await productAs(undefined)).toMatchObject({ rating: 3, ratingCount: 1 });
  });

  test('is changed and taken back by its author alone', async () => {
    const buyer = await buyerOf(graph, tea);
    const { id, version } = await review(graph, buyer, tea.productId, 2, {
      title: 'Weak',
      body: 'Watery',
      authorName: 'A',
    });
    for (const somebody of [customer(), market.owner, staff()]) {
      expect(await refusal(graph, somebody, 'updateReview', { id, version, rating: 5 })).toEqual(['NOT_FOUND']);
      expect(await refusal(graph, somebody, 'deleteReview', { id })).toEqual(['NOT_FOUND']);
    }
    const changed = await change(graph, buyer, 'updateReview', { id, version, rating: 5, body: null });
    expect(changed).toMatchObject({ rating: 5, title: 'Weak', body: null, authorName: 'A' });
    expect(starsOf(await productAs(undefined))).toEqual([1, 0, 0, 0, 0]);
    expect(await refusal(graph, buyer, 'updateReview', { id, version, rating: 1 })).toEqual(['VERSION_CONFLICT']);
    expect(await change(graph, buyer, 'deleteReview', { id })).toMatchObject({ id, rating: 5 });
    expect(await productAs(buyer)).toMatchObject({ rating: null, ratingCount: 0, ownReview: null });
    expect(await refusal(graph, buyer, 'deleteReview', { id })).toEqual(['NOT_FOUND']);
    // And may be written anew.
    await review(graph, buyer, tea.productId, 4);
  });

  test('is told to nobody who its author is, but to themselves and staff', async () => {
    const buyer = await buyerOf(graph, tea);
    const { id } = await review(graph, buyer, tea.productId, 2, { authorName: 'A' });
    const query = 'query ($id: ID!) { review(id: $id) { authorName author { id } } }';
    for (const as of [customer(), market.owner]) {
      expect((await graph.data(query, as, { id }))['review']).toEqual({ authorName: 'A', author: null });
    }
    for (const as of [buyer, staff()]) {
      expect((await graph.data(query, as, { id }))['review']).toEqual({ authorName: 'A', author: { id: buyer.sub } });
    }
  });
});

describe('A shop', () => {
  const LIST = `query ($id: ID!, $filter: ShopReviewFilter) { shop(id: $id) { rating ratingCount
    reviews(filter: $filter) { totalCount edges { node { id reply } } } } }`;

  test('replies, says something else, and takes it back; to what it has read, and to what is said of it', async () => {
    const { id, version } = await review(graph, await buyerOf(graph, tea), tea.productId, 1);
    const reply = { id, version, reply: 'We are sorry.\nTruly.' };
    const answered = await change(graph, market.owner, 'replyToReview', reply);
    expect((await productAs(undefined)).reviews.edges[0].node.reply).toBe('We are sorry.\nTruly.');
    expect(await refusal(graph, market.owner, 'replyToReview', reply)).toEqual(['VERSION_CONFLICT']);
    const again = await change(graph, market.owner, 'replyToReview', {
      ...reply,
      version: answered.version,
      reply: 'Hm.',
    });
    expect(again.reply).toBe('Hm.');
    const removed = await change(graph, market.owner, 'removeReviewReply', { id, version: again.version });
    expect(removed.reply).toBeNull();
    const now = { ...reply, version: removed.version };
    expect(await refusal(graph, seller(), 'replyToReview', now)).toEqual(['NOT_FOUND']);
    expect(await refusal(graph, { ...market.owner, scope: 'commerce:read' }, 'replyToReview', now)).toEqual([
      'FORBIDDEN',
    ]);
    expect(await refusal(graph, customer(), 'removeReviewReply', { id, version: now.version })).toEqual(['FORBIDDEN']);
  });

  test('lists what is said of it, and finds what waits for a reply; no other shop does', async () => {
    const own = await openMarket(graph);
    const [one, two] = [await putOnOffer(graph, own, 100), await putOnOffer(graph, own, 100)];
    const first = await review(graph, await buyerOf(graph, one), one.productId, 5);
    const second = await review(graph, await buyerOf(graph, two), two.productId, 2);
    await review(graph, await buyerOf(graph, one), one.productId, 2);
    await change(graph, own.owner, 'replyToReview', { id: second.id, version: second.version, reply: 'Oh' });
    const list = async (as: typeof own.owner, filter: object = {}) =>
      (await graph.data(LIST, as, { id: own.shopId, filter }))['shop'];
    expect(await list(own.owner)).toMatchObject({ rating: 3, ratingCount: 3, reviews: { totalCount: 3 } });
    const replied = await list(own.owner, { unanswered: false });
    expect(replied.reviews).toEqual({ totalCount: 1, edges: [{ node: { id: second.id, reply: 'Oh' } }] });
    const waiting = await list(own.owner, { unanswered: true });
    expect(waiting.reviews).toMatchObject({ totalCount: 2, edges: [{}, { node: { id: first.id } }] });
    expect((await list(own.owner, { stars: 2, unanswered: true })).reviews.totalCount).toBe(1);
    expect((await list(staff() as never)).reviews.totalCount).toBe(3);
    for (const as of [seller(), { ...own.owner, scope: '' }, customer()]) {
      expect(await graph.codes(LIST, as, { id: own.shopId })).toEqual(['FORBIDDEN']);
    }
  });
});

describe('Whether a review is helpful', () => {
  test('each person says once, may take it back, and nobody says it of their own', async () => {
    const author = await buyerOf(graph, tea);
    const { id, version } = await review(graph, author, tea.productId, 4);
    const reader = customer();
    for (let time = 0; time < 2; time += 1) {
      const voted = await change(graph, reader, 'voteForReview', { id: id.toUpperCase() });
      expect(voted).toMatchObject({ helpfulCount: 1, isHelpfulToCaller: true, version });
    }
    expect((await change(graph, market.owner, 'voteForReview', { id })).helpfulCount).toBe(2);
    expect(await refusal(graph, author, 'voteForReview', { id })).toEqual(['FORBIDDEN']);
    expect(await seenAs(undefined, id)).toMatchObject({ helpfulCount: 2, isHelpfulToCaller: false });
    for (let time = 0; time < 2; time += 1) {
      const withdrawn = await change(graph, reader, 'withdrawReviewVote', { id });
      expect(withdrawn).toMatchObject({ helpfulCount: 1, isHelpfulToCaller: false });
    }
    expect(await refusal(graph, undefined, 'voteForReview', { id })).toEqual(['UNAUTHENTICATED']);
  });

  test('goes with the review', async () => {
    const author = await buyerOf(graph, tea);
    const { id } = await review(graph, author, tea.productId, 4);
    await change(graph, customer(), 'voteForReview', { id });
    await change(graph, author, 'deleteReview', { id });
    expect(await wronglyKept(graph)).toEqual([]);
  });
});

test('Of a deleted account the reviews stay without a name, and its votes go', async () => {
  const [gone, other] = [await buyerOf(graph, tea), await buyerOf(graph, tea)];
  const { id } = await review(graph, gone, tea.productId, 4, { body: 'Good', authorName: 'Ada' });
  const { id: liked } = await review(graph, other, tea.productId, 2);
  await change(graph, gone, 'voteForReview', { id: liked });
  await accountDeleted(graph, gone.sub);
  expect(await seenAs(undefined, id)).toMatchObject({ body: 'Good', rating: 4, authorName: null });
  expect(await seenAs(undefined, liked)).toMatchObject({ helpfulCount: 0 });
  const author = 'query ($id: ID!) { review(id: $id) { author { id } } }';
  expect((await graph.data(author, staff(), { id }))['review'].author).toBeNull();
  expect(await refusal(graph, gone, 'deleteReview', { id })).toEqual(['NOT_FOUND']);
  expect(await productAs(undefined)).toMatchObject({ rating: 3, ratingCount: 2 });
});

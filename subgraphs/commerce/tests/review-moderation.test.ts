import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Market, type Offered, openMarket, putOnOffer } from './offer.story.ts';
import { buyerOf, change, refusal, REVIEW, review } from './review.story.ts';
import { staff, startCommerce, type TestCommerce } from './story.ts';

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

const PRODUCT = `query ($id: ID!) { product(id: $id) { rating ratingCount ownReview ${REVIEW} reviews { totalCount edges { node ${REVIEW} } } } }`;
const productAs = async (as: Parameters<TestCommerce['data']>[1], { productId } = tea) =>
  (await graph.data(PRODUCT, as, { id: productId }))['product'];
const seenAs = async (as: Parameters<TestCommerce['data']>[1], id: string) =>
  (await graph.data(`query ($id: ID!) { review(id: $id) ${REVIEW} }`, as, { id }))['review'];

describe('Staff', () => {
  test('hides a review: it counts no more, and only its author and staff see it, and why', async () => {
    const [bad, good] = [await buyerOf(graph, tea), await buyerOf(graph, tea)];
    await review(graph, good, tea.productId, 5);
    const { id } = await review(graph, bad, tea.productId, 1, { body: 'Buy at my place' });
    const input = { id, reason: 'Advertising' };
    for (const as of [market.owner, bad, { ...staff(), sid: undefined } as never]) {
      expect(await refusal(graph, as, 'hideReview', input)).toEqual(['FORBIDDEN']);
    }
    const judge = staff();
    await change(graph, judge, 'hideReview', input);
    expect(await refusal(graph, judge, 'hideReview', input)).toEqual(['ILLEGAL_TRANSITION']);
    for (const as of [undefined, good, market.owner]) {
      const product = await productAs(as);
      expect(product).toMatchObject({ rating: 5, ratingCount: 1, reviews: { totalCount: 1 } });
      expect(await seenAs(as, id)).toBeNull();
      expect(await graph.entities('Review', [id], 'id', as)).toEqual([null]);
    }
    const hidden = { id, hidden: true, hiddenReason: 'Advertising', body: 'Buy at my place' };
    expect((await productAs(bad)).ownReview).toMatchObject(hidden);
    expect(await seenAs(judge, id)).toMatchObject(hidden);
    const list = `query ($id: ID!) { product(id: $id) { reviews(filter: { hidden: true }) { edges { node { id } } } } }`;
    expect((await graph.data(list, judge, { id: tea.productId }))['product'].reviews.edges).toEqual([{ node: { id } }]);
    expect(await graph.codes(list, bad, { id: tea.productId })).toEqual(['FORBIDDEN']);
    expect(await refusal(graph, market.owner, 'replyToReview', { id, version: 2, reply: 'Ha' })).toEqual(['NOT_FOUND']);
    expect(await refusal(graph, good, 'voteForReview', { id })).toEqual(['NOT_FOUND']);

    await change(graph, judge, 'showReview', { id });
    expect(await refusal(graph, judge, 'showReview', { id })).toEqual(['ILLEGAL_TRANSITION']);
    expect(await productAs(undefined)).toMatchObject({ rating: 3, ratingCount: 2 });
    expect(await seenAs(undefined, id)).toMatchObject({ hidden: false });
  });

  test('has what is hidden stay hidden, whatever its author does', async () => {
    const bad = await buyerOf(graph, tea);
    const { id } = await review(graph, bad, tea.productId, 1, { body: 'Buy at my place' });
    const { version } = await change(graph, staff(), 'hideReview', { id, reason: 'Advertising' });
    expect(await refusal(graph, bad, 'deleteReview', { id })).toEqual(['CONFLICT']);
    expect(await refusal(graph, bad, 'addReview', { productId: tea.productId, rating: 1 })).toEqual(['CONFLICT']);
    const changed = await change(graph, bad, 'updateReview', { id, version, rating: 3, body: 'Not for me' });
    expect(changed).toMatchObject({ hidden: true, rating: 3 });
    expect(await productAs(undefined)).toMatchObject({ ratingCount: 0, reviews: { totalCount: 0 } });
    await change(graph, staff(), 'showReview', { id });
    expect(await productAs(undefined)).toMatchObject({ rating: 3, ratingCount: 1 });
  });
});

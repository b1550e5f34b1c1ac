import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { does } from '../support/does.ts';
import { ADDRESS, CHF, type Market } from './market.ts';

const PRICE = 900;

export function reviews(market: Market): void {
  it('who bought something says what they think of it, and changes their mind; the shop answers; staff hides and shows; others find it helpful', async () => {
    const { ada, seller, judge } = market;
    const shop = await market.shop('Judged House');
    const { productId, variantId } = await market.offer(shop, 'Matcha', PRICE);
    await does(ada, 'addToCart', { variantId, quantity: 1 }, { cart: { problems: [] } });
    const agreed = { expectedTotal: CHF(PRICE), email: 'ada@example.com', shippingAddress: ADDRESS };
    const paid = { paymentMethod: 'test_ok', idempotencyKey: randomUUID() };
    await does(ada, 'checkoutComplete', { ...agreed, ...paid }, { __typename: 'CheckoutCompleted' });

    const said = { productId, rating: 2, title: 'Bitter', authorName: 'A.' };
    const { id, version } = await does(ada, 'addReview', said, { rating: 2, title: 'Bitter', helpfulCount: 0 });
    const again = { id, version, rating: 5, title: 'One gets used to it' };
    const changed = await does(ada, 'updateReview', again, { rating: 5, title: 'One gets used to it' });
    const answer = { id, version: changed.version, reply: 'One does' };
    const answered = await does(seller, 'replyToReview', answer, { reply: 'One does' });
    await does(seller, 'removeReviewReply', { id, version: answered.version }, { reply: null });

    const reader = await market.person('reader@example.com', 'Rea');
    await does(reader, 'voteForReview', { id }, { helpfulCount: 1, isHelpfulToCaller: true });
    await does(reader, 'withdrawReviewVote', { id }, { helpfulCount: 0, isHelpfulToCaller: false });

    const rating = async () =>
      (await reader.queryData('query ($id: ID!) { product(id: $id) { rating ratingCount } }', { id: productId }))
        .product;
    expect(await rating()).toEqual({ rating: 5, ratingCount: 1 });
    await does(judge, 'hideReview', { id, reason: 'Advertising' }, { hidden: true, hiddenReason: 'Advertising' });
    expect(await rating()).toEqual({ rating: null, ratingCount: 0 });
    await does(judge, 'showReview', { id }, { hidden: false });
    await does(ada, 'deleteReview', { id }, { id });
    expect(await rating()).toEqual({ rating: null, ratingCount: 0 });
  }, 60_000);
}

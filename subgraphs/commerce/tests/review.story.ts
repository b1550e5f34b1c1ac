import { randomUUID } from 'node:crypto';
import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { TestClaims } from '@supergraph/testkit';
import type { Offered } from './offer.story.ts';
import type { TestCommerce } from './story.ts';

/** Somebody who buys and says what they think. */
export const customer = (): TestClaims & { readonly sub: string } => ({
  sub: randomUUID(),
  org: randomUUID(),
  scope: '',
});

/** Has somebody have bought something, as the tables keep it: what a checkout leaves is its own story. */
export async function bought(
  { runtime }: TestCommerce,
  userId: string,
  { productId, variantId }: Offered,
  { state = 'PLACED', placedAt = new Date() as Date | null, number = randomUUID() as string } = {},
): Promise<{ orderId: string }> {
  const [cartId, orderId, partId] = [randomUUID(), randomUUID(), randomUUID()];
  const sums = `'CHF', 1000, 0, 75, 1000`;
  await runtime.asSystem(({ em }) =>
    em.transactional(async (inner) => {
      await inner.execute(
        `insert into cart (id, user_id, currency, state, created_at, updated_at) values (?, ?, 'CHF', 'ORDERED', now(), now())`,
        [cartId, userId],
      );
      await inner.execute(
        `insert into customer_order (id, number, user_id, cart_id, state, currency, subtotal, discount, tax, total, email,
           shipping_address, payment_due_at, created_at, updated_at, placed_at)
         values (?, ?, ?, ?, ?, ${sums}, 'ada@example.com', '{}', now(), now(), now(), ?)`,
        [orderId, number, userId, cartId, state, placedAt],
      );
      await inner.execute(
        `insert into shop_order (id, order_id, number, shop_id, organization_id, user_id, state, currency, subtotal, discount,
           tax, total, commission, created_at, updated_at, placed_at)
         select ?, ?, ?, shop_id, organization_id, ?, ?, ${sums}, 92, now(), now(), ? from product where id = ?`,
        [partId, orderId, `${number}-1`, userId, state, placedAt, productId],
      );
      await inner.execute(
        `insert into order_item (id, order_id, shop_order_id, organization_id, user_id, product_id, variant_id, sku, title,
           currency, unit_price, quantity, subtotal, discount, tax, total)
         select gen_random_uuid(), ?, ?, organization_id, ?, id, ?, 'SKU', 'Tea', 'CHF', 500, 2, 1000, 0, 75, 1000
         from product where id = ?`,
        [orderId, partId, userId, variantId, productId],
      );
    }),
  );
  return { orderId };
}

/** A new buyer of something. */
export async function buyerOf(graph: TestCommerce, offered: Offered): Promise<TestClaims & { readonly sub: string }> {
  const buyer = customer();
  await bought(graph, buyer.sub, offered);
  return buyer;
}

export const REVIEW = `{ id rating title body authorName reply hidden hiddenReason helpfulCount isHelpfulToCaller version }`;

const MUTATIONS = {
  addReview: 'AddReviewInput',
  updateReview: 'UpdateReviewInput',
  deleteReview: 'ReviewInput',
  replyToReview: 'ReplyToReviewInput',
  removeReviewReply: 'ReviewVersionInput',
  hideReview: 'HideReviewInput',
  showReview: 'ReviewInput',
  voteForReview: 'ReviewInput',
  withdrawReviewVote: 'ReviewInput',
} as const;

export type ReviewChange = keyof typeof MUTATIONS;

export const changeOf = (name: ReviewChange) =>
  `mutation ($input: ${MUTATIONS[name]}!) { ${name}(input: $input) ${REVIEW} }`;

/** Changes a review. @returns as it is then */
export async function change(graph: TestCommerce, as: TestClaims, name: ReviewChange, input: object): Promise<any> {
  return (await graph.data(changeOf(name), as, { input }))[name];
}

/** What a change is refused with. */
export function refusal(graph: TestCommerce, as: TestClaims | undefined, name: ReviewChange, input: object) {
  return graph.codes(changeOf(name), as, { input });
}

export async function review(
  graph: TestCommerce,
  as: TestClaims,
  productId: string,
  rating: number,
  text: object = {},
): Promise<any> {
  graph.clock.advance({ milliseconds: 1 });
  return change(graph, as, 'addReview', { productId, rating, ...text });
}

/** What products keep of their reviews, where that is not what the reviews say. */
export const wronglyKept = (graph: TestCommerce): Promise<object[]> =>
  graph.runtime.asSystem(({ em }) =>
    em.execute(`
      select p.id, p.rating_count, p.rating_sum, p.rating_stars, said.* from product p cross join lateral (
        select count(*)::int as count, coalesce(sum(rating), 0)::int as sum,
          array[count(*) filter (where rating = 1), count(*) filter (where rating = 2), count(*) filter (where rating = 3),
            count(*) filter (where rating = 4), count(*) filter (where rating = 5)]::int[] as stars
        from review r where r.product_id = p.id and r.hidden_at is null
      ) said where (p.rating_count, p.rating_sum, p.rating_stars) is distinct from (said.count, said.sum, said.stars)
      union all
      select r.id, r.helpful_count, null, null, votes.count, null, null from review r cross join lateral (
        select count(*)::int as count from review_vote v where v.review_id = r.id
      ) votes where r.helpful_count <> votes.count`),
  );

/** Identity lets everybody know that an account is gone, and commerce hears of it. */
export async function accountDeleted(graph: TestCommerce, userId: string): Promise<void> {
  const actor = { kind: 'system' } as const;
  const when = { occurredAt: graph.clock.now(), correlationId: randomUUID() };
  const event: EventEnvelope = { id: randomUUID(), name: 'user.deleted', version: 1, actor, ...when, data: { userId } };
  await graph.runtime.parts.outbox.append(graph.runtime.openEntityManager(), [event]);
  await graph.drainEvents();
}

import type { IdentityEvents } from '@supergraph/identity/events';
import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';

type Deleted = EventEnvelope<'user.deleted', IdentityEvents['user.deleted']>;

// Each in the order of ids, as by everybody who changes many.
const FORGET = `
with own as (select id from review where user_id = ? order by id for update)
update review set user_id = null, author_name = null from own where review.id = own.id`;

const VOTED = `
select from review where id in (select review_id from review_vote where user_id = ?) order by id for update`;

const TAKE_VOTES_BACK = `
with gone as (delete from review_vote where user_id = ? returning review_id)
update review set helpful_count = helpful_count - 1 from gone where review.id = gone.review_id`;

/**
 * An account was deleted. Like orders, its reviews stay: others go by them, and shops have replied. But nobody has written
 * them any more, and what its owner found helpful is forgotten.
 */
export async function forgetReviewer(work: CommerceWork, { data: { userId } }: Deleted): Promise<void> {
  await work.em.execute(FORGET, [userId], 'run');
  await work.em.execute(VOTED, [userId]);
  await work.em.execute(TAKE_VOTES_BACK, [userId], 'run');
}

import type { CommerceWork } from '../context.ts';

/** Not through the ORM, which would count the version up. */
const KEEP = `
update product set rating_count = rating_count + ?, rating_sum = rating_sum + ?,
  rating_stars = array[rating_stars[1] + ?, rating_stars[2] + ?, rating_stars[3] + ?, rating_stars[4] + ?, rating_stars[5] + ?]
where id = ?`;

/** The stars that a review no longer gives, and those it gives from now on; undefined for none. */
export interface StarsChange {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Has a product know how it is rated, after a review has changed. The product has to be held. */
export async function keepRating(work: CommerceWork, productId: string, { from, to }: StarsChange): Promise<void> {
  if (from === to) return;
  const changes = [1, 2, 3, 4, 5].map((stars) => Number(stars === to) - Number(stars === from));
  const count = Number(to !== undefined) - Number(from !== undefined);
  await work.em.execute(KEEP, [count, (to ?? 0) - (from ?? 0), ...changes, productId], 'run');
}

import type { CommerceWork } from '../context.ts';
import { BEST_SELLING } from './search-order.ts';
import { beginningQuery, wordsOf } from './search-text.ts';
import { allOf } from './sql-part.ts';
import { walkSteps } from './walk-steps.ts';

/** Only the best selling that fit are looked at, so that one letter costs no more than a word. */
const MAX_LOOKED_AT = 50;

const SUGGESTIONS = (fitting: string) => `
select title from (${fitting}) fitting group by title order by max(walked_by) desc, title limit 10`;

/** What somebody who has typed this may be looking for: titles, the best selling first. */
export async function suggestProducts(work: CommerceWork, prefix: string): Promise<string[]> {
  const words = wordsOf(prefix);
  if (words.length === 0) return [];
  const condition = { ...(await beginningQuery(work, words)), priceScope: allOf([]), rank: undefined };
  const { sql, params } = walkSteps(condition, { order: BEST_SELLING, columns: 'e.title', limit: MAX_LOOKED_AT });
  const rows = await work.em.execute<{ title: string }[]>(SUGGESTIONS(sql), [...params]);
  return rows.map(({ title }) => title);
}

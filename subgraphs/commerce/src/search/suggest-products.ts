import type { CommerceWork } from '../context.ts';
import { expectedRows } from './search-condition.ts';
import { BEST_SELLING } from './search-order.ts';
import { beginningQuery, wordsOf } from './search-text.ts';
import { allOf } from './sql-part.ts';
import { firstRows } from './first-rows.ts';

/** Only the best selling that fit are looked at, so that one letter costs no more than a word. */
const MAX_LOOKED_AT = 50;

const SUGGESTIONS = (fitting: string) => `
select title from (${fitting}) fitting group by title order by max(found_by) desc, title limit 10`;

/** What somebody who has typed this may be looking for: titles, the best selling first. */
export async function suggestProducts(work: CommerceWork, prefix: string): Promise<string[]> {
  const words = wordsOf(prefix);
  if (words.length === 0) return [];
  const query = await beginningQuery(work, words);
  const isRare = (await expectedRows(work, query.indexed)) <= MAX_LOOKED_AT;
  const condition = { ...query, marks: [], rare: query.indexed, priceScope: allOf([]), rank: undefined, isRare };
  const { sql, params } = firstRows(condition, { order: BEST_SELLING, columns: 'e.title', limit: MAX_LOOKED_AT });
  const rows = await work.em.execute<{ title: string }[]>(SUGGESTIONS(sql), [...params]);
  return rows.map(({ title }) => title);
}

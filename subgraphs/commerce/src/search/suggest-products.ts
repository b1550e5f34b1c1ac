import type { CommerceWork } from '../context.ts';
import { beginningQuery, wordsOf } from './search-text.ts';

/** Only the best selling that fit are looked at, so that one letter costs no more than a word. */
const SUGGESTIONS = (query: string) => `
select title from (
  select title, sold_count from listed_product where search @@ ${query} order by sold_count desc, id desc limit 50
) fitting group by title order by max(sold_count) desc, title limit 10`;

/** What somebody who has typed this may be looking for: titles, the best selling first. */
export async function suggestProducts(work: CommerceWork, prefix: string): Promise<string[]> {
  const words = wordsOf(prefix);
  if (words.length === 0) return [];
  const { sql, params } = beginningQuery(words);
  const rows = await work.em.execute<{ title: string }[]>(SUGGESTIONS(sql), [...params]);
  return rows.map(({ title }) => title);
}

import { conflict } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { slugOf } from '../shop/slug.ts';
import { Product } from './product.entity.ts';

/** Leaves room for a number after it. */
const MAX_LENGTH = 90;

const TAKEN = `
select slug from product where shop_id = ? and (slug = ? or (slug like ? and slug ~ ?))`;

/**
 * The address of a new product: the one asked for, or one made of its title with the next free number. The shop has to
 * be locked. @throws `CONFLICT` when the one asked for is taken
 */
export async function chooseSlug(
  work: CommerceWork,
  shopId: string,
  { slug, title }: { readonly slug?: string | null | undefined; readonly title: string },
): Promise<string> {
  if (slug) {
    if ((await work.em.count(Product, { shopId, slug })) > 0) throw conflict('This address is taken in the shop.');
    return slug;
  }
  const wanted = slugOf(title, MAX_LENGTH) || 'product';
  const rows = await work.em.execute<{ slug: string }[]>(TAKEN, [
    shopId,
    wanted,
    `${wanted}-%`,
    `^${wanted}-[0-9]{1,9}$`,
  ]);
  const taken = new Set(rows.map((row) => row.slug));
  if (!taken.has(wanted)) return wanted;
  const highest = Math.max(1, ...[...taken].map((one) => Number(one.slice(wanted.length + 1))));
  return `${wanted}-${highest + 1}`;
}

import type { CommerceWork } from '../context.ts';
import { Category } from './category.entity.ts';

/** The whole tree, parents before their children. */
export async function listCategories(work: CommerceWork): Promise<Category[]> {
  const categories = await work.em.find(Category, {}, { orderBy: { position: 'asc', id: 'asc' } });
  return categories.sort((one, other) => one.depth - other.depth);
}

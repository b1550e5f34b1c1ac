import { notFound, parseId } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { Category } from './category.entity.ts';

/**
 * The tree has one lock, because a move concerns all that is below. Whoever changes it takes it alone; whoever puts a
 * product into a category shares it, so that no path is read that is about to change. Sellers cannot lock the rows
 * themselves, which are not theirs. Before all others in the order of locks.
 */
const LOCK = "hashtext('commerce category tree')";

export async function lockTree(work: CommerceWork): Promise<void> {
  await work.em.execute(`select pg_advisory_xact_lock(${LOCK})`);
}

/** A category that stays where it is until the transaction ends. @throws `NOT_FOUND` */
export async function holdCategory(work: CommerceWork, id: string): Promise<Category> {
  await work.em.execute(`select pg_advisory_xact_lock_shared(${LOCK})`);
  return findCategory(work, id);
}

/** Likewise those at these addresses, by address; one that is not there is left out. */
export async function holdCategories(
  work: CommerceWork,
  slugs: readonly string[],
): Promise<ReadonlyMap<string, Category>> {
  if (slugs.length === 0) return new Map();
  await work.em.execute(`select pg_advisory_xact_lock_shared(${LOCK})`);
  const found = await work.em.find(Category, { slug: { $in: [...new Set(slugs)] } });
  return new Map(found.map((category) => [category.slug, category]));
}

/** @throws `NOT_FOUND`, in the name of what the category is to whoever asks */
export async function findCategory(work: CommerceWork, id: string, noun = 'Category'): Promise<Category> {
  const category = await work.em.findOne(Category, { id: parseId(noun, id) });
  if (!category) throw notFound(noun);
  return category;
}

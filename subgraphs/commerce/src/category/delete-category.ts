import { checkVersion, conflict, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { Product } from '../product/product.entity.ts';
import { Category } from './category.entity.ts';
import type { CategoryVersionInput } from './category.inputs.ts';
import { findCategory, lockTree } from './category.lock.ts';
import { mayWriteCategories } from './category.policy.ts';

/** Takes an empty category out of the tree. @throws `CONFLICT` while there is something in it */
export async function deleteCategory(work: CommerceWork, { id, version }: CategoryVersionInput): Promise<Category> {
  permit(work.session, mayWriteCategories(work.session));
  return asSystem(work, async () => {
    await lockTree(work);
    const category = await findCategory(work, id);
    checkVersion('Category', category, version);
    const child = await work.em.findOne(Category, { parentId: category.id });
    const product = child ?? (await work.em.findOne(Product, { categoryId: category.id }, { fields: ['id'] }));
    if (product) throw conflict('There is something in this category. Move it first.');
    work.em.remove(category);
    return category;
  });
}

import { checkVersion, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import type { Category } from './category.entity.ts';
import type { RenameCategoryInput } from './category.inputs.ts';
import { findCategory } from './category.lock.ts';
import { mayWriteCategories } from './category.policy.ts';

/** Gives a category another name; its address stays. @throws `VERSION_CONFLICT` */
export async function renameCategory(
  work: CommerceWork,
  { id, version, name }: RenameCategoryInput,
): Promise<Category> {
  permit(work.session, mayWriteCategories(work.session));
  return asSystem(work, async () => {
    const category = await findCategory(work, id);
    checkVersion('Category', category, version);
    category.rename(name.trim(), work.now());
    return category;
  });
}

import { badUserInput, conflict, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { Category, MAX_DEPTH } from './category.entity.ts';
import type { CreateCategoryInput } from './category.inputs.ts';
import { findCategory, lockTree } from './category.lock.ts';
import { mayWriteCategories } from './category.policy.ts';

/** More than a menu can show, and few enough to read at once. */
const MAX_CATEGORIES = 500;

/** Adds a category to the tree. @throws `CONFLICT` for a slug that is taken, and when the tree is full */
export async function createCategory(work: CommerceWork, input: CreateCategoryInput): Promise<Category> {
  permit(work.session, mayWriteCategories(work.session));
  return asSystem(work, async () => {
    await lockTree(work);
    const parent = input.parentId ? await findCategory(work, input.parentId, 'Parent category') : null;
    if (parent && parent.depth >= MAX_DEPTH) throw tooDeep();
    if ((await work.em.count(Category)) >= MAX_CATEGORIES) throw conflict('There are as many categories as can be.');
    if ((await work.em.count(Category, { slug: input.slug })) > 0) throw conflict('This address is taken.');
    const id = work.newId();
    return work.em.create(Category, {
      id,
      parentId: parent?.id ?? null,
      name: input.name.trim(),
      slug: input.slug,
      path: [...(parent?.path ?? []), id],
      position: input.position,
      createdAt: work.now(),
      updatedAt: work.now(),
    });
  });
}

export function tooDeep() {
  return badUserInput([{ path: 'input.parentId', message: `The tree is ${MAX_DEPTH} deep at most.` }]);
}

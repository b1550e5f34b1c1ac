import { badUserInput, checkVersion, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { type Category, MAX_DEPTH } from './category.entity.ts';
import type { MoveCategoryInput } from './category.inputs.ts';
import { findCategory, lockTree } from './category.lock.ts';
import { mayWriteCategories } from './category.policy.ts';
import { tooDeep } from './create-category.ts';

const HEIGHT = `select max(cardinality(path)) - ? as height from category where path @> array[?]::uuid[]`;

/** All that is below gets the new beginning in the place of the old one. */
const MOVE_BELOW = `
update category set path = ?::uuid[] || path[?:], version = version + 1, updated_at = ?
where path @> array[?]::uuid[] and id <> ?`;

/** Locked in the order of their ids, as by everybody who changes many. */
const MOVE_PRODUCTS = `
with affected as (
  select product.id from product where category_path @> array[?]::uuid[] order by product.id for update
)
update product set category_path = category.path
from affected, category
where product.id = affected.id and category.id = product.category_id`;

/** Puts a category with all that is in it elsewhere. @throws `BAD_USER_INPUT` for a place in itself, or too deep */
export async function moveCategory(
  work: CommerceWork,
  { id, version, parentId, position }: MoveCategoryInput,
): Promise<Category> {
  permit(work.session, mayWriteCategories(work.session));
  return asSystem(work, async () => {
    await lockTree(work);
    const parent = parentId ? await findCategory(work, parentId, 'Parent category') : null;
    const category = await findCategory(work, id);
    checkVersion('Category', category, version);
    if (parent?.path.includes(category.id)) {
      throw badUserInput([{ path: 'input.parentId', message: 'A category cannot be in itself.' }]);
    }
    const { depth } = category;
    const [below] = await work.em.execute<{ height: number }[]>(HEIGHT, [depth, category.id]);
    if ((parent?.depth ?? 0) + 1 + below!.height > MAX_DEPTH) throw tooDeep();
    const isElsewhere = (category.parentId ?? null) !== (parent?.id ?? null);
    category.moveTo(parent, position, work.now());
    await work.em.flush();
    if (!isElsewhere) return category;
    const beginning = `{${category.path.join(',')}}`;
    await work.em.execute(MOVE_BELOW, [beginning, depth + 1, work.now(), category.id, category.id]);
    await work.em.execute(MOVE_PRODUCTS, [category.id]);
    return category;
  });
}

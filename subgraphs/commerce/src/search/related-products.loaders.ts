import DataLoader from 'dataloader';
import type { CommerceReader } from '../context.ts';
import { Product } from '../product/product.entity.ts';

/** For each product a walk of the index of its category, which ends after a few. */
const RELATED = `
select asked.id as related_to, other.id from json_to_recordset(?::json) as asked (id uuid, category_id uuid)
cross join lateral (
  select e.id, e.sold_count from listed_product e
  where e.category_id = asked.category_id and e.id <> asked.id order by e.sold_count desc, e.id desc limit 8
) other order by other.sold_count desc, other.id desc`;

type Placed = Pick<Product, 'id' | 'categoryId'>;

export function createRelatedLoaders(
  { em }: CommerceReader,
  { productById }: { readonly productById: DataLoader<string, Product | null> },
) {
  return {
    /** For whoever may see the product: that has to be checked before. */
    relatedToProduct: new DataLoader<Placed, Product[], string>(
      async (asked) => {
        const placed = asked.map(({ id, categoryId }) => ({ id, category_id: categoryId ?? null }));
        const rows = await em.execute<{ related_to: string; id: string }[]>(RELATED, [JSON.stringify(placed)]);
        const products = await productById.loadMany(rows.map(({ id }) => id));
        const related = Map.groupBy(products.entries(), ([index]) => rows[index]!.related_to);
        return asked.map(({ id }) =>
          (related.get(id) ?? []).flatMap(([, one]) => (one instanceof Product ? [one] : [])),
        );
      },
      { cacheKeyFn: ({ id }) => id },
    ),
  };
}

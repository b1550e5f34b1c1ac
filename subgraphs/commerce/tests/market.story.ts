import { createCategory, createProduct, listProduct } from './product.story.ts';
import { openShop } from './shop.story.ts';
import { seller, type TestCommerce } from './story.ts';

/** Two shops, what they sell, and where it is in the catalogue. */
export type Market = Awaited<ReturnType<typeof openMarket>>;

/** Products that everybody finds, from the best selling to the worst and from the worst rated to the best; and a draft. */
export async function openMarket(graph: TestCommerce) {
  const owner = seller();
  const other = seller();
  const shops = {
    francs: (await openShop(graph, owner)).id,
    euros: (await openShop(graph, other, { currency: 'EUR' })).id,
  };
  const audio = (await createCategory(graph, { name: 'Audio' })).id;
  const headphones = (await createCategory(graph, { name: 'Headphones', parentId: audio })).id;
  const categories = { audio, headphones, office: (await createCategory(graph, { name: 'Office' })).id };
  const francs = (amount: number) => ({ amount, currency: 'CHF' });
  const colour = (value: string) => [{ name: 'colour', value }];
  const goods = [
    {
      title: 'Wireless Headphones',
      brand: 'Sonora',
      categoryId: headphones,
      price: francs(19_900),
      attributes: colour('black'),
    },
    {
      title: 'Studio headphone',
      brand: 'Kopf',
      categoryId: headphones,
      price: francs(9_900),
      attributes: colour('white'),
    },
    {
      title: 'Bookshelf Speaker',
      brand: 'Sonora',
      categoryId: audio,
      price: francs(29_900),
      attributes: colour('black'),
    },
    {
      title: 'Mechanical Keyboard',
      brand: 'Klack',
      categoryId: categories.office,
      price: francs(14_900),
      attributes: colour('black'),
    },
    { title: 'Caffè Crème', description: 'Goes with every keyboard at the office', price: francs(1_200) },
  ];
  const ids: Record<string, string> = {};
  for (const [index, input] of goods.entries()) {
    graph.clock.advance({ minutes: 1 });
    const { id } = await listProduct(graph, owner, shops.francs, input);
    ids[input.title] = id;
    // The first sells best, and the last is rated best.
    await graph.runtime.asSystem(({ em }) =>
      em.execute(
        `update product set sold_count = ?, rating_count = 10, rating_sum = ?, rating_stars = array[0, 0, ?, 0, ?]::int[]
         where id = ?`,
        [100 - index, 30 + index * 4, 10 - index * 2, index * 2, id],
      ),
    );
  }
  graph.clock.advance({ minutes: 1 });
  const price = { amount: 100, currency: 'EUR' };
  ids['Euro Headphones'] = (
    await listProduct(graph, other, shops.euros, { title: 'Euro Headphones', categoryId: headphones, price })
  ).id;
  await createProduct(graph, owner, shops.francs, { title: 'Secret Headphones' });
  return { owner, other, shops, categories, ids };
}

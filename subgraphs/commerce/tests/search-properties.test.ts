import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CommerceWork } from '../src/context.ts';
import { attributesOfAll, pretend, seedFor } from './scale.story.ts';
import { type ProductFilter, ProductSort } from '../src/search/product-search.inputs.ts';
import { searchCondition } from '../src/search/search-condition.ts';
import { searchProducts } from '../src/search/search-products.ts';
import { startCommerce, type TestCommerce } from './story.ts';

const PRODUCTS = 3_000;

let graph: TestCommerce;
let found: Awaited<ReturnType<typeof attributesOfAll>>;

beforeAll(async () => {
  graph = await startCommerce();
  await seedFor(graph, PRODUCTS);
  found = await attributesOfAll(graph);
}, 120_000);

afterAll(() => graph.stop());

/** The words of a search: some that are everywhere, some that are nowhere else, and beginnings of one letter or more. */
const texts = fc.oneof(
  fc.constant(undefined),
  fc
    .tuple(
      fc.array(fc.constantFrom('classic', 'the', 'with', 'cotton', 'made'), { maxLength: 1 }),
      fc.nat(),
      fc.integer({ min: 1, max: 12 }),
    )
    .map(([whole, place, letters]) => [...whole, found.words[place % found.words.length]!.slice(0, letters)].join(' ')),
);

/** Left out most of the time, or nothing would fit everything. */
const seldom = <Value>(arbitrary: fc.Arbitrary<Value>, weight = 1) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight, arbitrary });

/** One of what there is, rather of what there is much of. */
const one = (values: () => readonly string[]) =>
  fc.double({ min: 0, max: 0.999, noNaN: true }).map((place) => values()[Math.floor(place ** 3 * values().length)]!);

const filters: fc.Arbitrary<ProductFilter> = fc.record({
  text: texts,
  shopId: seldom(one(() => found.shops)),
  categoryId: seldom(one(() => found.categories)),
  currency: fc.constantFrom('USD', 'USD', 'EUR', 'JPY'),
  brands: seldom(
    fc.array(
      one(() => found.brands),
      { minLength: 1, maxLength: 3 },
    ),
  ),
  minPrice: seldom(fc.integer({ min: 0, max: 20_000 })),
  maxPrice: seldom(fc.integer({ min: 1_000, max: 60_000 })),
  minRating: seldom(fc.constantFrom(1, 3.5, 4.5)),
  attributes: seldom(
    fc.constantFrom(
      [{ name: 'colour', values: ['black'] }],
      [
        { name: 'colour', values: ['white', 'red'] },
        { name: 'material', values: ['cotton', 'steel', 'oak'] },
      ],
    ),
  ),
});

/** The same search as anybody would write it, who has all the time in the world. */
function plainly(filter: ProductFilter, sort: ProductSort): [sql: string, params: unknown[]] {
  const { text, shopId, categoryId, currency, brands, minPrice, maxPrice, minRating, attributes } = filter;
  const parts: string[] = ['true'];
  const params: unknown[] = [];
  const where = (sql: string, ...given: unknown[]) => {
    parts.push(sql);
    params.push(...given);
  };
  const words = text?.split(' ') ?? [];
  const query = words.map(() => `(to_tsquery('catalogue', ?) || plainto_tsquery('english', ?))`).join(' && ');
  const asked = words.flatMap((word, index) => [index === words.length - 1 ? `${word}:*` : word, word]);
  if (text) where(`search @@ (${query})`, ...asked);
  if (shopId) where('shop_id = ?', shopId);
  if (categoryId) where('category_path @> array[?]::uuid[]', categoryId);
  if (currency) where('currency = ?', currency);
  if (brands) where('brand = any(array(select jsonb_array_elements_text(?::jsonb)))', JSON.stringify(brands));
  if (minPrice !== undefined) where('lowest_price >= ?', minPrice);
  if (maxPrice !== undefined) where('lowest_price <= ?', maxPrice);
  if (minRating !== undefined) where('rating >= ?', minRating);
  for (const { name, values } of attributes ?? []) {
    where(`attributes ->> ? in (select jsonb_array_elements_text(?::jsonb))`, name, JSON.stringify(values));
  }
  const all = `select * from product where listed and ${parts.join(' and ')}`;
  const order = {
    [ProductSort.RELEVANCE]: 'sold_count desc, id desc',
    [ProductSort.BEST_SELLING]: 'sold_count desc, id desc',
    [ProductSort.NEWEST]: 'published_at desc, id desc',
    [ProductSort.RATING]: 'standing desc, id desc',
    [ProductSort.PRICE_ASC]: 'lowest_price, id',
    [ProductSort.PRICE_DESC]: 'lowest_price desc, id desc',
  }[sort];
  if (!text || sort !== ProductSort.RELEVANCE) return [`${all} order by ${order}`, params];
  const rank = `(ts_rank(search, ${query}) + resemblance(?, title))::double precision`;
  const best = `select * from (${all} order by sold_count desc, id desc limit 1000) best`;
  return [`${best} order by ${rank} desc, id desc`, [...params, ...asked, text]];
}

const idsOf = ({ edges }: { edges: readonly { node: { id: string } }[] }) => edges.map(({ node }) => node.id);

/** As many as there are, up to some pages, in either direction. */
async function paged(work: CommerceWork, args: object, size: number, backward: boolean): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 4; page += 1) {
    const window = backward ? { last: size, before: cursor } : { first: size, after: cursor };
    const { edges, pageInfo } = await searchProducts(work, { ...args, ...window } as never);
    if (backward) ids.unshift(...idsOf({ edges }));
    else ids.push(...idsOf({ edges }));
    const more = backward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage;
    if (!more) break;
    cursor = (backward ? pageInfo.startCursor : pageInfo.endCursor) as string;
  }
  return ids;
}

/** How the database takes the catalogue to be: what is rare in it is looked up at once, and everything else step by step. */
const guesses = [
  ['as large as it is', 1],
  ['a thousand times larger', 1_000],
] as const;

test.each(guesses)(
  'In a catalogue taken for %s, the search finds what a plain statement finds, in the same order',
  async (_, times) => {
    await pretend(graph, times);
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        filters,
        fc.constantFrom(...Object.values(ProductSort)),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        async (filter, sort, size, backward) => {
          await graph.runtime.asSystem(async (work) => {
            const rows = await work.em.execute<{ id: string }[]>(...plainly(filter, sort));
            const expected = rows.map(({ id }) => id);
            // Then titles that are written alike are found.
            if (filter.text && expected.length === 0) return;
            if (expected.length > 0) compared += 1;
            const most = size * 4;
            const ids = await paged(work, { filter, sort }, size, backward);
            expect(ids).toEqual(backward ? expected.slice(-most) : expected.slice(0, most));
            const all = await work.em.execute<object[]>(...plainly(filter, ProductSort.BEST_SELLING));
            const { count } = await searchProducts(work, { filter, sort } as never);
            expect(await count()).toBe(Math.min(all.length, 1_000));
          });
        },
      ),
      { numRuns: 100 },
    );
    expect(compared).toBeGreaterThan(20);
  },
  300_000,
);

test('A catalogue taken for larger is gone through step by step', async () => {
  for (const [times, isRare] of [
    [1_000, false],
    [1 / 1_000, true],
  ] as const) {
    await pretend(graph, times);
    const condition = await graph.runtime.asSystem((work) => searchCondition(work, { text: 'oak' }, false));
    expect(condition.isRare).toBe(isRare);
  }
});

test('What the found ones differ by is counted as a plain statement counts it', async () => {
  await pretend(graph, 1);
  await graph.runtime.asSystem(async (work) => {
    for (const filter of [
      { text: 'cotton', currency: 'EUR' },
      { categoryId: found.categories[0]!, currency: 'EUR' },
      { currency: 'JPY' },
    ]) {
      const rows = await work.em.execute<{ brand: string | null; attributes: Record<string, string> }[]>(
        ...plainly(filter as ProductFilter, ProductSort.BEST_SELLING),
      );
      const { countFacets } = await searchProducts(work, { filter, sort: ProductSort.RELEVANCE } as never);
      const { isComplete, brands, attributes } = await countFacets();
      expect(isComplete).toBe(true);
      const named = Map.groupBy(rows, ({ brand }) => brand);
      for (const { value, count } of brands) expect(named.get(value)).toHaveLength(count);
      expect(brands[0]!.count).toBe(Math.max(...[...named].map(([brand, of]) => (brand === null ? 0 : of.length))));
      for (const { name, values } of attributes) {
        for (const { value, count } of values) {
          expect(rows.filter((row) => row.attributes[name] === value)).toHaveLength(count);
        }
      }
    }
  });
});

test('A word with a slip finds the product it was meant for', async () => {
  const slips = [
    ['hedphones', 'Headphones'],
    ['clasic chairr', 'Chair'],
    ['lapto', 'Laptop'],
    ['bookshlef', 'Bookshelf'],
  ] as const;
  await graph.runtime.asSystem(async (work) => {
    for (const [text, meant] of slips) {
      const { edges } = await searchProducts(work, { filter: { text }, sort: ProductSort.RELEVANCE } as never);
      expect(edges.map(({ node }) => node.title).join()).toContain(meant);
    }
  });
});

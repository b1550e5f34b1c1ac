import { fetchRows, pageOf, type PageWindow, pageWindow } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { Product } from '../product/product.entity.ts';
import { countFacets } from './count-facets.ts';
import { type ProductArguments, type ProductFilter, ProductSort } from './product-search.inputs.ts';
import type { FoundProducts } from './product-search.types.ts';
import { checkPrices, type SearchCondition, searchCondition } from './search-condition.ts';
import { BEST_SELLING } from './search-order.ts';
import { continuesAlike, rankedPage, searchPage } from './search-page.ts';
import { wordsOf } from './search-text.ts';
import { firstRows } from './first-rows.ts';

/** So many of the best selling that fit are looked at; more would cost more than it tells. */
const MAX_LOOKED_AT = 1_000;

/**
 * Finds what is for sale, for everybody. Only where nothing at all fits the text is looked for what is written alike: it
 * would dilute what was meant.
 *
 * @throws `BAD_USER_INPUT` for prices without a currency, and for a wrong page
 */
export async function searchProducts(
  work: CommerceWork,
  { filter, sort, ...args }: ProductArguments,
): Promise<FoundProducts> {
  const wanted = filter ?? {};
  checkPrices(wanted, sort);
  const window = pageWindow(args);
  const hasWords = wordsOf(wanted.text ?? '').length > 0;
  if (hasWords && continuesAlike(sort, window)) return find(work, wanted, sort, window, true);
  const found = await find(work, wanted, sort, window, false);
  const isLost = found.edges.length === 0 && !window.after && !window.before;
  return isLost && hasWords ? find(work, wanted, sort, window, true) : found;
}

async function find(
  work: CommerceWork,
  filter: ProductFilter,
  sort: ProductSort,
  window: PageWindow,
  alike: boolean,
): Promise<FoundProducts> {
  const condition = await searchCondition(work, filter, alike);
  let found: Promise<readonly string[]> | undefined;
  const best = () => (found ??= bestSelling(work, condition));
  const isRanked = sort === ProductSort.RELEVANCE && condition.rank !== undefined;
  const page = isRanked
    ? rankedPage(condition.rank, await best(), window, alike)
    : searchPage(condition, sort, window, alike);
  const rows = await fetchRows(work.em, page, window);
  const oneCurrency = Boolean(filter.currency ?? filter.shopId);
  return {
    ...pageOf(work.em, Product, rows, window, page.fingerprint, async () => (await best()).length),
    countFacets: async () =>
      countFacets(work, await best(), { oneCurrency, isComplete: (await best()).length < MAX_LOOKED_AT }),
  };
}

/** What is counted, summed up and ranked: found once for all of it. */
async function bestSelling(work: CommerceWork, condition: SearchCondition): Promise<readonly string[]> {
  const { sql, params } = firstRows(condition, { order: BEST_SELLING, columns: '', limit: MAX_LOOKED_AT });
  const rows = await work.em.execute<{ id: string }[]>(`select found_id as id from (${sql}) found`, [...params]);
  return rows.map(({ id }) => id);
}

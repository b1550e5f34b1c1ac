import { fetchRows, pageOf, type PageWindow, pageWindow } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { Product } from '../product/product.entity.ts';
import { countFacets } from './count-facets.ts';
import type { ProductArguments, ProductFilter, ProductSort } from './product-search.inputs.ts';
import type { FoundProducts } from './product-search.types.ts';
import { checkPrices, type SearchCondition, searchCondition } from './search-condition.ts';
import { BEST_SELLING } from './search-order.ts';
import { continuesAlike, searchPage } from './search-page.ts';
import { wordsOf } from './search-text.ts';
import { firstRows } from './first-rows.ts';

/** Counting on would cost more than it tells. */
const MAX_TOTAL = 1_000;

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
  const page = searchPage(condition, sort, window, alike);
  const rows = await fetchRows(work.em, page, window);
  const found = pageOf(work.em, Product, rows, window, page.fingerprint, () => countAll(work, condition));
  const oneCurrency = Boolean(filter.currency ?? filter.shopId);
  return { ...found, countFacets: () => countFacets(work, condition, oneCurrency) };
}

async function countAll(work: CommerceWork, condition: SearchCondition): Promise<number> {
  const { sql, params } = firstRows(condition, { order: BEST_SELLING, columns: '', limit: MAX_TOTAL });
  const [row] = await work.em.execute<{ total: number }[]>(`select count(*)::int as total from (${sql}) found`, [
    ...params,
  ]);
  return row!.total;
}

import { fetchRows, pageOf, type PageWindow, pageWindow } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { Product } from '../product/product.entity.ts';
import { countFacets } from './count-facets.ts';
import type { ProductArguments, ProductFilter, ProductSort } from './product-search.inputs.ts';
import type { FoundProducts } from './product-search.types.ts';
import { checkPrices, searchCondition } from './search-condition.ts';
import { continuesAlike, searchPage } from './search-page.ts';
import type { SqlPart } from './sql-part.ts';

/** Counting on would cost more than it tells. */
const MAX_TOTAL = 10_000;

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
  const condition = searchCondition(wanted, false);
  if (condition.rank && continuesAlike(condition, sort, window)) return find(work, wanted, sort, window, true);
  const found = await find(work, wanted, sort, window, false);
  const isLost = found.edges.length === 0 && !window.after && !window.before;
  return isLost && condition.rank ? find(work, wanted, sort, window, true) : found;
}

async function find(
  work: CommerceWork,
  filter: ProductFilter,
  sort: ProductSort,
  window: PageWindow,
  alike: boolean,
): Promise<FoundProducts> {
  const condition = searchCondition(filter, alike);
  const page = searchPage(condition, sort, window, alike);
  const rows = await fetchRows(work.em, page, window);
  const found = pageOf(work.em, Product, rows, window, page.fingerprint, () => countAll(work, condition));
  const oneCurrency = Boolean(filter.currency ?? filter.shopId);
  return { ...found, countFacets: () => countFacets(work, condition, oneCurrency) };
}

async function countAll(work: CommerceWork, { sql, params }: SqlPart): Promise<number> {
  const counted = `select count(*)::int as total from (select from listed_product e where ${sql} limit ${MAX_TOTAL}) found`;
  const [row] = await work.em.execute<{ total: number }[]>(counted, [...params]);
  return row!.total;
}

import { DomainError } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { ProductStatus } from '../product/product-status.ts';
import { Product } from '../product/product.entity.ts';
import type { Shop } from '../shop/shop.entity.ts';
import { MAX_VARIANTS } from '../variant/create-product-variant.ts';
import { ProductVariant } from '../variant/product-variant.entity.ts';
import type { ImportLine } from './import-columns.ts';
import { changesVariant, productChanges, publishes, variantAfter } from './line-changes.ts';
import type { ImportProblem } from './product-import.entity.ts';
import { type CategoryBySlug, readLine, type WantedLine } from './read-line.ts';

const TAKEN = 'select slug from product where shop_id = ? and slug in (select jsonb_array_elements_text(?::jsonb))';

/** Variants of a product that the shop has not had yet, by its address. */
export type NewGoods = ReadonlyMap<string, readonly WantedLine[]>;

export interface NewPrice {
  readonly known: ProductVariant;
  readonly wanted: WantedLine;
}

/** Lines that can be taken over together, with what each asks for. */
export interface SortedLines {
  /** How many lines these are, from the first one on. The next one, if any, has to be taken over by itself. */
  readonly count: number;
  readonly newGoods: NewGoods;
  readonly newPrices: readonly NewPrice[];
  readonly problems: readonly ImportProblem[];
}

/**
 * Sorts lines by what they ask for, up to the first whose effect depends on more than is looked up here: it describes a
 * product anew, adds to one that is there, or speaks of a SKU for the second time.
 */
export async function sortLines(
  work: CommerceWork,
  shop: Shop,
  categories: CategoryBySlug,
  lines: readonly ImportLine[],
): Promise<SortedLines> {
  const newGoods = new Map<string, WantedLine[]>();
  const [newPrices, problems]: [NewPrice[], ImportProblem[]] = [[], []];
  const seen = new Set<string>();
  const read = await Promise.all(lines.map((line) => wantedOrProblem(shop, categories, line)));
  const { variants, products, slugs } = await findKnown(work, shop.id, read.filter(isWanted));
  let count = 0;
  for (const wanted of read) {
    if (!isWanted(wanted)) problems.push(wanted);
    else {
      const { sku } = wanted.variant;
      if (seen.has(sku)) break;
      seen.add(sku);
      const known = variants.get(sku);
      if (known) {
        const product = products.get(known.productId);
        if (!product || !isQuiet(product, wanted)) break;
        if (changesVariant(known, wanted)) {
          if (!canBePriced(product, known, wanted)) break;
          newPrices.push({ known, wanted });
        }
      } else if (!joins(newGoods, slugs, wanted)) break;
    }
    count += 1;
  }
  return { count, newGoods, newPrices, problems };
}

const isWanted = (read: WantedLine | ImportProblem): read is WantedLine => 'variant' in read;

/** Whether nothing is to be done to the product itself. */
function isQuiet(product: Product, wanted: WantedLine): boolean {
  return Object.keys(productChanges(product, wanted)).length === 0 && !publishes(product, wanted);
}

function canBePriced(product: Product, known: ProductVariant, wanted: WantedLine): boolean {
  const { price, compareAtPrice } = variantAfter(known, wanted);
  return product.status !== ProductStatus.ARCHIVED && (compareAtPrice === null || compareAtPrice > price);
}

/** Puts a line to others of the same new product. False where it says something else of it than they do. */
function joins(newGoods: Map<string, WantedLine[]>, taken: ReadonlySet<string>, wanted: WantedLine): boolean {
  const { slug } = wanted.product;
  if (!slug || taken.has(slug)) return false;
  const [first, ...others] = newGoods.get(slug) ?? [];
  if (!first) newGoods.set(slug, [wanted]);
  else if (others.length + 1 >= MAX_VARIANTS || !describesAlike(first, wanted)) return false;
  else newGoods.get(slug)!.push(wanted);
  return true;
}

function describesAlike({ product: one }: WantedLine, { product: other }: WantedLine): boolean {
  return (['title', 'description', 'brand', 'categoryId'] as const).every((name) => one[name] === other[name]);
}

async function wantedOrProblem(
  shop: Shop,
  categories: CategoryBySlug,
  line: ImportLine,
): Promise<WantedLine | ImportProblem> {
  try {
    return await readLine(shop, categories, line);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return problemOf(line, error);
  }
}

export function problemOf({ line }: ImportLine, error: DomainError): ImportProblem {
  return { line, message: error.message.slice(0, 500) };
}

/** What the shop has of what the lines speak of. */
async function findKnown(work: CommerceWork, shopId: string, lines: readonly WantedLine[]) {
  const known = await work.em.find(ProductVariant, { shopId, sku: { $in: lines.map(({ variant }) => variant.sku) } });
  const products = await work.em.find(Product, { id: { $in: [...new Set(known.map(({ productId }) => productId))] } });
  const wanted = lines.flatMap(({ product }) => product.slug ?? []);
  const taken = await work.em.execute<{ slug: string }[]>(TAKEN, [shopId, JSON.stringify(wanted)]);
  return {
    variants: new Map(known.map((variant) => [variant.sku, variant])),
    products: new Map(products.map((product) => [product.id, product])),
    slugs: new Set(taken.map(({ slug }) => slug)),
  };
}

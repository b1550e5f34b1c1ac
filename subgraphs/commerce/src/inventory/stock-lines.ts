import { badUserInput, parseId } from '@supergraph/subgraph-kit';

/** How much of a variant. */
export interface StockLine {
  readonly variantId: string;
  readonly quantity: number;
}

/** What asks for more than this at once is a mistake, or means harm. */
export const MAX_QUANTITY = 1_000_000;

/**
 * Lines as they can be written: one for each variant, in the order of their variants.
 *
 * @throws `BAD_USER_INPUT` for no lines and for a quantity that is not a whole number from 1 to 1 000 000
 * @throws `NOT_FOUND` for what is no id
 */
export function checkLines(lines: readonly StockLine[]): StockLine[] {
  if (lines.length === 0) throw badUserInput([{ path: 'lines', message: 'Name at least one variant.' }]);
  const total = new Map<string, number>();
  lines.forEach(({ variantId, quantity }, index) => {
    const id = parseId('ProductVariant', variantId);
    // Each by itself first: a negative one must not be made up for by another of the same variant.
    checkQuantity(quantity, index);
    total.set(id, checkQuantity((total.get(id) ?? 0) + quantity, index));
  });
  return [...total].map(([variantId, quantity]) => ({ variantId, quantity })).sort(byVariant);
}

function checkQuantity(quantity: number, index: number): number {
  if (Number.isInteger(quantity) && quantity >= 1 && quantity <= MAX_QUANTITY) return quantity;
  const message = `A quantity is a whole number from 1 to ${MAX_QUANTITY}.`;
  throw badUserInput([{ path: `lines.${index}.quantity`, message }]);
}

function byVariant(left: StockLine, right: StockLine): number {
  return left.variantId < right.variantId ? -1 : 1;
}

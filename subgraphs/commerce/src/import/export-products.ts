import { badUserInput, isIdentifier, notFound, parseId, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { mayListShopsOf } from '../shop/shop.policy.ts';
import { Shop } from '../shop/shop.entity.ts';
import { csvLine } from './csv.ts';
import { decimalOf } from './decimal-price.ts';
import { COLUMNS } from './import-columns.ts';
import type { ProductExport } from './product-import.inputs.ts';

const MAX_LINES = 1_000;

const VARIANTS = `
select v.id, p.slug as product, p.title, p.description, p.brand, c.slug as category, p.status, v.sku, v.title as variant,
  v.price, v.compare_at_price, v.currency
from product_variant v join product p on p.id = v.product_id left join category c on c.id = p.category_id
where v.shop_id = ? and v.active and p.status <> 'ARCHIVED' and (?::uuid is null or v.id > ?::uuid)
order by v.id limit ${MAX_LINES + 1}`;

type Row = Readonly<Record<'id' | 'currency' | (typeof COLUMNS)[number], string | null>>;

/** What a shop can be asked for. */
export interface ProductExportOptions {
  readonly shopId: string;
  readonly after?: string | null | undefined;
}

/** What a shop sells or prepares to sell, a thousand variants at a time, for its people. @throws `NOT_FOUND` */
export async function exportProducts(
  work: CommerceWork,
  { shopId, after }: ProductExportOptions,
): Promise<ProductExport> {
  const shop = await work.em.findOne(Shop, { id: parseId('Shop', shopId) });
  if (!shop || !(work.session.isSystem || work.session.organizationId === shop.organizationId)) throw notFound('Shop');
  permit(work.session, mayListShopsOf(work.session, shop.organizationId));
  if (after && !isIdentifier(after)) throw badUserInput([{ path: 'after', message: 'This is no end of such a text.' }]);
  const rows = await work.em.execute<Row[]>(VARIANTS, [shop.id, after ?? null, after ?? null]);
  const kept = rows.slice(0, MAX_LINES);
  return {
    csv: [csvLine(COLUMNS), ...kept.map((row) => csvLine(COLUMNS.map((column) => cellOf(row, column))))].join('\r\n'),
    lineCount: kept.length,
    endCursor: rows.length > MAX_LINES ? kept.at(-1)!.id : null,
  };
}

function cellOf(row: Row, column: (typeof COLUMNS)[number]): string {
  const value = row[column];
  if (value === null) return '';
  const isPrice = column === 'price' || column === 'compare_at_price';
  return isPrice ? decimalOf(Number(value), row.currency!) : value;
}

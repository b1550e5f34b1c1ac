import { randomUUID } from 'node:crypto';
import type { TestClaims } from '@supergraph/testkit';
import type { TestCommerce } from './story.ts';

/** A variant that is for sale, with the shop and the product it is of, written as they are in the tables. */
export interface VariantRow {
  readonly id: string;
  readonly productId: string;
  readonly shopId: string;
  readonly organizationId: string;
  readonly sku: string;
}

interface Wanted {
  readonly state?: 'OPEN' | 'PENDING_APPROVAL';
  readonly skus?: readonly string[];
}

/** A shop of somebody's organization. */
export async function shopRow(
  { runtime }: TestCommerce,
  owner: TestClaims & { org: string },
  state: 'OPEN' | 'PENDING_APPROVAL' = 'OPEN',
): Promise<string> {
  const id = randomUUID();
  const opened = state === 'OPEN' ? new Date() : null;
  await runtime.asSystem(({ em }) =>
    em.execute(
      `insert into shop (id, organization_id, owner_id, name, slug, description, currency, country, tax_rate,
        prices_include_tax, commission_rate, state, created_at, updated_at, opened_at)
       values (?, ?, ?, 'Shop', ?, '', 'CHF', 'CH', 810, true, 1000, ?, now(), now(), ?)`,
      [id, owner.org, owner.sub, `shop-${id.slice(0, 13)}`, state, opened],
      'run',
    ),
  );
  return id;
}

/** Variants of one new product, in a shop of somebody's organization: two unless told. */
export async function variantRows(
  graph: TestCommerce,
  owner: TestClaims & { org: string },
  { state = 'OPEN', skus = ['A-1', 'A-2'] }: Wanted = {},
): Promise<VariantRow[]> {
  const shopId = await shopRow(graph, owner, state);
  const productId = randomUUID();
  const organizationId = owner.org;
  const variants = skus.map((sku) => ({ id: randomUUID(), productId, shopId, organizationId, sku }));
  await graph.runtime.asSystem(async ({ em }) => {
    await em.execute(
      `insert into product (id, shop_id, organization_id, title, slug, description, status, shop_open, currency,
        lowest_price, created_at, updated_at, published_at)
       values (?, ?, ?, 'Tea pot', ?, '', 'ACTIVE', ?, 'CHF', 1250, now(), now(), now())`,
      [productId, shopId, organizationId, `product-${productId}`, state === 'OPEN'],
      'run',
    );
    await em.execute(
      `insert into product_variant (id, product_id, shop_id, organization_id, sku, title, price, currency, active,
        position, created_at, updated_at)
       select id, ?, ?, ?, sku, 'Size M', 1250, 'CHF', true, 1, now(), now()
       from jsonb_to_recordset(?::jsonb) as variant (id uuid, sku text)`,
      [productId, shopId, organizationId, JSON.stringify(variants)],
      'run',
    );
  });
  return variants;
}

/** The first variant of a new product. */
export async function variantRow(...given: Parameters<typeof variantRows>): Promise<VariantRow> {
  return (await variantRows(...given))[0]!;
}

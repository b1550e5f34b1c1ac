import { randomUUID } from 'node:crypto';
import type { TestClaims } from '@supergraph/testkit';
import type { TestCommerce } from './story.ts';

const CREATE = 'mutation ($input: CreateProductInput!) { createProduct(input: $input) { id slug status version } }';
const CREATE_VARIANT =
  'mutation ($input: CreateProductVariantInput!) { createProductVariant(input: $input) { id version } }';
const PUBLISH = 'mutation ($input: ProductVersionInput!) { publishProduct(input: $input) { id slug status version } }';
const CREATE_CATEGORY = 'mutation ($input: CreateCategoryInput!) { createCategory(input: $input) { id version } }';

/** A product, as its shop sees it. */
export interface NewProduct {
  readonly id: string;
  readonly slug: string;
  readonly status: string;
  readonly version: number;
}

/** Somebody who works for the platform and keeps the tree of categories. */
export const curator = (): TestClaims => ({
  sub: randomUUID(),
  org: randomUUID(),
  scope: 'commerce:categories.write',
});

export async function createCategory(
  graph: TestCommerce,
  input: object = {},
): Promise<{ id: string; version: number }> {
  const full = { name: 'Things', slug: `category-${randomUUID().slice(0, 8)}`, ...input };
  return (await graph.data(CREATE_CATEGORY, curator(), { input: full }))['createCategory'];
}

export async function createProduct(
  graph: TestCommerce,
  as: TestClaims,
  shopId: string,
  input: object = {},
): Promise<NewProduct> {
  return (await graph.data(CREATE, as, { input: { shopId, title: 'Oolong', ...input } }))['createProduct'];
}

/** What a shop says of a variant, right in all that is not given. */
export const variantInput = (productId: string, input: object = {}) => ({
  productId,
  sku: `sku-${randomUUID().slice(0, 8)}`,
  price: { amount: 1_200, currency: 'CHF' },
  ...input,
});

export async function createVariant(
  graph: TestCommerce,
  as: TestClaims,
  productId: string,
  input: object = {},
): Promise<{ id: string; version: number }> {
  return (await graph.data(CREATE_VARIANT, as, { input: variantInput(productId, input) }))['createProductVariant'];
}

/** A product that everybody finds. */
export async function listProduct(
  graph: TestCommerce,
  as: TestClaims,
  shopId: string,
  { price = { amount: 1_200, currency: 'CHF' }, ...input }: { price?: object; [field: string]: unknown } = {},
): Promise<NewProduct> {
  const { id, version } = await createProduct(graph, as, shopId, input);
  await createVariant(graph, as, id, { price });
  return (await graph.data(PUBLISH, as, { input: { id, version } }))['publishProduct'];
}

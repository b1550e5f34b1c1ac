import { randomUUID } from 'node:crypto';
import type { TestClaims } from '@supergraph/testkit';
import { openShop } from './shop.story.ts';
import { seller, type TestCommerce } from './story.ts';

export interface Offered {
  readonly variantId: string;
  readonly productId: string;
}

/** A shop that sells, and its people. */
export interface Market {
  readonly shopId: string;
  readonly owner: TestClaims & { readonly org: string };
  readonly currency: string;
}

export async function openMarket(
  graph: TestCommerce,
  input: { currency?: string; [setting: string]: unknown } = {},
): Promise<Market> {
  const owner = seller();
  const { id } = await openShop(graph, owner, input);
  return { shopId: id, owner, currency: input.currency ?? 'CHF' };
}

const RECEIVE = 'mutation ($input: ReceiveStockInput!) { receiveStock(input: $input) { id } }';

/** Something on offer, as the catalogue keeps it. @param price in minor units */
export async function putOnOffer(
  graph: TestCommerce,
  market: Market,
  price: number,
  title = 'Tea',
  stock = 10_000,
): Promise<Offered> {
  const [productId, variantId, { shopId, owner, currency }] = [randomUUID(), randomUUID(), market];
  await graph.runtime.asSystem(async ({ em }) => {
    await em.execute(
      `insert into product (id, shop_id, organization_id, title, slug, description, status, shop_open, currency,
         lowest_price, created_at, updated_at, published_at)
       values (?, ?, ?, ?, ?, '', 'ACTIVE', true, ?, ?, now(), now(), now())`,
      [productId, shopId, owner.org, title, productId, currency, price],
    );
    await em.execute(
      `insert into product_variant (id, product_id, shop_id, organization_id, sku, title, price, currency, active,
         position, created_at, updated_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, true, 0, now(), now())`,
      [variantId, productId, shopId, owner.org, `SKU-${variantId.slice(0, 8)}`, title, price, currency],
    );
  });
  await graph.data(RECEIVE, owner, { input: { variantId, quantity: stock, idempotencyKey: variantId } });
  return { productId, variantId };
}

/** Changes the catalogue behind everybody's back. */
export const changeCatalogue = (graph: TestCommerce, sql: string, values: unknown[]) =>
  graph.runtime.asSystem(({ em }) => em.execute(sql, values as never[], 'run'));

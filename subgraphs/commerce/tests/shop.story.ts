import { randomUUID } from 'node:crypto';
import type { TestClaims } from '@supergraph/testkit';
import { staff, type TestCommerce } from './story.ts';

const REGISTER = 'mutation ($input: RegisterShopInput!) { registerShop(input: $input) { id slug state version } }';
const SUBMIT = 'mutation ($input: SubmitShopVerificationInput!) { submitShopVerification(input: $input) { id state } }';
const DECIDE = 'mutation ($input: DecideShopVerificationInput!) { decideShopVerification(input: $input) { id state } }';

/** A shop in the making, as its organization sees it. */
export interface NewShop {
  readonly id: string;
  readonly slug: string;
  readonly state: string;
  readonly version: number;
}

/** What a shop says to register, right in all that is not given. */
export const shopInput = (input: object = {}) => ({
  name: 'Halle aux thés',
  slug: `shop-${randomUUID().slice(0, 8)}`,
  currency: 'CHF',
  country: 'CH',
  taxRate: 810,
  ...input,
});

export async function registerShop(graph: TestCommerce, as: TestClaims, input: object = {}): Promise<NewShop> {
  return (await graph.data(REGISTER, as, { input: shopInput(input) }))['registerShop'];
}

export async function submitVerification(graph: TestCommerce, as: TestClaims, shopId: string): Promise<string> {
  const input = { shopId, legalName: 'Halle aux thés SA', registrationNumber: 'CHE-123.456.789' };
  return (await graph.data(SUBMIT, as, { input }))['submitShopVerification'].id;
}

/** A shop that was let in. */
export async function openShop(graph: TestCommerce, as: TestClaims, input: object = {}): Promise<NewShop> {
  const shop = await registerShop(graph, as, input);
  const id = await submitVerification(graph, as, shop.id);
  await graph.data(DECIDE, staff(), { input: { id, approve: true } });
  return (await graph.data('query ($id: ID!) { shop(id: $id) { id slug state version } }', as, { id: shop.id }))[
    'shop'
  ];
}

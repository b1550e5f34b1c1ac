import { randomUUID } from 'node:crypto';
import { TokenIssuer } from '@supergraph/testkit';
import pg from 'pg';
import { does } from '../support/does.ts';
import type { GraphClient } from '../support/graph.client.ts';
import { register, signIn } from '../support/people.ts';
import { startTestSupergraph, type TestSupergraph } from '../support/test-supergraph.ts';

export const CHF = (amount: number) => ({ amount, currency: 'CHF' });

export const ADDRESS = {
  ...{ name: 'Ada Lovelace', line1: 'Rue du Thé 1', postalCode: '1200', city: 'Genève', country: 'CH' },
};

export interface Shop {
  readonly id: string;
  readonly version: number;
}

export interface Offer {
  readonly productId: string;
  readonly variantId: string;
}

/** One running graph that all stories of commerce share, and the people in it. */
export class Market {
  graph!: TestSupergraph;
  /** Has an organization of its own, in which it may do everything. */
  seller!: GraphClient;
  /** Buys, with an account. */
  ada!: GraphClient;
  /** Of the platform's staff. */
  judge!: GraphClient;
  readonly #issuer = new TokenIssuer();

  async open(): Promise<void> {
    this.graph = await startTestSupergraph({ trusted: this.#issuer, demoData: false });
    this.seller = await this.person('seller@example.com', 'Sen');
    this.ada = await this.person('ada@example.com', 'Ada');
    this.judge = this.client('commerce:shops.decide commerce:categories.write commerce:books.read');
  }

  /** Somebody with an account, whose address is known to be theirs. */
  async person(email: string, name: string): Promise<GraphClient> {
    const client = this.graph.client();
    await register(client, email, name);
    await this.sql(`update identity.user_account set email_verified_at = now(), status = 'ACTIVE' where email = $1`, [
      email,
    ]);
    await signIn(client, email);
    return client;
  }

  async superAdmin(): Promise<GraphClient> {
    const client = await this.person('boss@example.com', 'Bo');
    await this.sql(`update identity.user_account set platform_role = 'SUPER_ADMIN' where email = $1`, [
      'boss@example.com',
    ]);
    await signIn(client, 'boss@example.com');
    return client;
  }

  /** For what a test cannot do or see through the graph. */
  async sql(text: string, values: unknown[]): Promise<any[]> {
    const client = new pg.Client({ connectionString: this.graph.database.url });
    await client.connect();
    try {
      return (await client.query(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** Somebody of whom nobody has heard, with this much to say. */
  client(scope: string, org: string = randomUUID()): GraphClient {
    const client = this.graph.client();
    client.authorization = this.#issuer.authorization({ sub: randomUUID(), org, scope });
    return client;
  }

  guest(): GraphClient {
    return this.graph.client();
  }

  /** A shop that was let in. */
  async shop(name: string, seller = this.seller): Promise<Shop> {
    const slug = name.toLowerCase().replaceAll(' ', '-');
    const settings = { name, slug, currency: 'CHF', country: 'CH', taxRate: 810 };
    const { id: shopId } = await does(seller, 'registerShop', settings, { state: 'PENDING_APPROVAL' });
    const papers = { shopId, legalName: `${name} SA`, registrationNumber: 'CHE-1' };
    const { id } = await does(seller, 'submitShopVerification', papers, { state: 'SUBMITTED' });
    await does(this.judge, 'decideShopVerification', { id, approve: true }, { state: 'APPROVED' });
    const { shop } = await seller.queryData('query ($id: ID!) { shop(id: $id) { id version } }', { id: shopId });
    return shop;
  }

  /** Something that can be bought. */
  async offer(shop: Shop, title: string, amount: number, quantity = 100): Promise<Offer> {
    const { id: productId } = await does(this.seller, 'createProduct', { shopId: shop.id, title }, { title });
    const { id: variantId } = await does(
      this.seller,
      'createProductVariant',
      { productId, sku: `${title}-1`, price: CHF(amount) },
      { active: true },
    );
    const delivery = { variantId, quantity, idempotencyKey: variantId };
    await does(this.seller, 'receiveStock', delivery, { available: quantity });
    const version = await this.versionOf('product', productId);
    await does(this.seller, 'publishProduct', { id: productId, version }, { status: 'ACTIVE' });
    return { productId, variantId };
  }

  async versionOf(thing: 'product' | 'productVariant' | 'shop' | 'category', id: string): Promise<number> {
    const data = await this.seller.queryData(`query ($id: ID!) { ${thing}(id: $id) { version } }`, { id });
    return data[thing].version;
  }
}

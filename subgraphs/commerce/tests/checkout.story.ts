import { randomUUID } from 'node:crypto';
import type { TestClaims } from '@supergraph/testkit';
import { Shopper } from './cart.story.ts';
import type { Offered } from './offer.story.ts';
import type { TestCommerce } from './story.ts';

const MONEY = '{ amount currency }';
const TOTALS = `{ subtotal ${MONEY} discount ${MONEY} tax ${MONEY} total ${MONEY} }`;
export const ORDER = `{
  id number state stateReason email
  totals ${TOTALS}
  shippingAddress { name city country }
  shopOrders { id number state totals ${TOTALS} items { title quantity unitPrice ${MONEY} totals ${TOTALS} } }
  steps { state reason }
}`;
const CHECKOUT = `mutation ($input: CheckoutInput!) {
  checkoutComplete(input: $input) {
    kind: __typename
    ... on CheckoutCompleted { order ${ORDER} }
    ... on CheckoutPending { order ${ORDER} payment { id state nextAction { url } } }
    ... on CheckoutFailed { order ${ORDER} reason }
    ... on CartNotReady { problems { kind message } }
    ... on PriceChanged { cart { totals { total ${MONEY} } } }
    ... on OutOfStock { items { variantId requested available } }
  }
}`;

export const ADDRESS = {
  name: 'Ada Lovelace',
  line1: 'Rue du Thé 1',
  postalCode: '1200',
  city: 'Genève',
  country: 'CH',
};

/** Somebody who buys. */
export class Buyer extends Shopper {
  constructor(
    private readonly store: TestCommerce,
    as: TestClaims | null = { sub: randomUUID(), org: randomUUID(), scope: '' },
  ) {
    super(store, as ?? undefined);
  }

  /** Puts some things into the cart, one after the other. */
  async pick(...things: readonly (readonly [offer: Offered, quantity: number])[]): Promise<any> {
    let cart: any;
    for (const [{ variantId }, quantity] of things) cart = await this.change('addToCart', { variantId, quantity });
    return cart;
  }

  /** What the buyer agrees to, right in all that is not given. */
  async agreement(input: object = {}): Promise<Record<string, unknown>> {
    const cart = await this.cart();
    return {
      token: this.token,
      expectedTotal: cart?.totals?.total ?? { amount: 0, currency: 'CHF' },
      ...{ email: 'ada@example.com', shippingAddress: ADDRESS, paymentMethod: 'test_ok', idempotencyKey: randomUUID() },
      ...input,
    };
  }

  /** Buys what is in the cart. @returns what came of it */
  async buy(input: object = {}): Promise<any> {
    return this.send(await this.agreement(input));
  }

  async send(input: object): Promise<any> {
    return (await this.store.data(CHECKOUT, this.as, { input }))['checkoutComplete'];
  }

  /** What buying is refused with. */
  async cannotBuy(input: object): Promise<string[]> {
    return this.store.codes(CHECKOUT, this.as, { input });
  }

  async order(id: string): Promise<any> {
    const document = `query ($id: ID!, $token: String) { order(id: $id, token: $token) ${ORDER} }`;
    return (await this.store.data(document, this.as, { id, token: this.token }))['order'];
  }
}

/** Whatever happened, the books of money and goods have to be in order. @throws with what is not */
export async function requireOrder(graph: TestCommerce): Promise<void> {
  const sql = <Row>(text: string) => graph.runtime.asSystem(({ em }) => em.execute<Row[]>(text));
  const [ledger, shelves, orders, payments] = await Promise.all([
    sql<{ currency: string; sum: string }>(
      'select currency, sum(amount) from ledger_entry group by currency having sum(amount) <> 0',
    ),
    sql(`select variant_id from stock_level l where on_hand <> (
           select coalesce(sum(quantity), 0) from stock_movement m where m.variant_id = l.variant_id)
         or reserved <> (select coalesce(sum(quantity), 0) from stock_reservation r
           where r.variant_id = l.variant_id and state = 'HELD') or available < 0`),
    sql(`select o.id from customer_order o left join payment p on p.id = o.payment_id
         where o.state = 'PLACED' and o.total > 0 and p.state not in ('AUTHORIZED', 'CAPTURED')`),
    sql(`select order_id from payment where state in ('AUTHORIZED', 'CAPTURED') group by order_id having count(*) > 1`),
  ]);
  const wrong = Object.entries({ ledger, shelves, orders, payments }).filter(([, rows]) => rows.length > 0);
  if (wrong.length > 0) throw new Error(`The books are not in order: ${JSON.stringify(wrong)}`);
}

import { randomUUID } from 'node:crypto';
import type { TestClaims } from '@supergraph/testkit';
import { Buyer } from './checkout.story.ts';
import type { Market, Offered } from './offer.story.ts';
import type { Refusal, TestCommerce } from './story.ts';

const COUNTS = 'id title quantity cancelled fulfilled delivered returned cancellable returnable';
const PARCEL = `{ id state version carrier trackingNumber trackingUrl deliveredAt items { quantity item { id title } } }`;
const MONEY = '{ amount currency }';
const RETURN = `{ id state reason note decisionReason refund ${MONEY} kept ${MONEY} decidedAt receivedAt
  items { quantity restocked damaged item { id title } } }`;
const PART = `{ id number state refunded ${MONEY} items { ${COUNTS} } steps { state reason } fulfillments ${PARCEL} returns ${RETURN} }`;
const ORDER = `{ id number state stateReason refunded ${MONEY} steps { state reason } shopOrders ${PART} }`;

const SELECTED = { Order: ORDER, ShopOrder: PART, Fulfillment: PARCEL, Return: RETURN } as const;

const MUTATIONS = {
  fulfillShopOrder: 'Fulfillment',
  correctTracking: 'Fulfillment',
  recordDelivery: 'Fulfillment',
  undoFulfillment: 'Fulfillment',
  cancelOrder: 'Order',
  cancelShopOrder: 'ShopOrder',
  requestReturn: 'Return',
  withdrawReturn: 'Return',
  approveReturn: 'Return',
  declineReturn: 'Return',
  receiveReturn: 'Return',
} as const satisfies Record<string, keyof typeof SELECTED>;

type Step = keyof typeof MUTATIONS;

const documentOf = (step: Step) => {
  const type = `${step[0]!.toUpperCase()}${step.slice(1)}Input`;
  return `mutation ($input: ${type}!) { ${step}(input: $input) ${SELECTED[MUTATIONS[step]]} }`;
};

const KEYED: ReadonlySet<Step> = new Set([
  ...(['fulfillShopOrder', 'cancelOrder', 'cancelShopOrder', 'requestReturn', 'receiveReturn'] as const),
]);

/** What is left out of an input that is told apart by a key. */
const keyed = (step: Step, input: object) => (KEYED.has(step) ? { idempotencyKey: randomUUID(), ...input } : input);

/** Takes a step with an order. @returns what it came to */
export async function take(graph: TestCommerce, as: TestClaims | undefined, step: Step, input: object): Promise<any> {
  return (await graph.data(documentOf(step), as, { input: keyed(step, input) }))[step];
}

/** What a step is refused with. */
export async function refused(
  graph: TestCommerce,
  as: TestClaims | undefined,
  step: Step,
  input: object,
): Promise<Refusal['extensions'] & { message: string }> {
  const { errors } = await graph.query(documentOf(step), as, { input: keyed(step, input) });
  return { message: errors[0]?.message ?? 'not refused', ...errors[0]?.extensions } as never;
}

/** An order that was placed, and whoever it is of. */
export class Bought {
  constructor(
    private readonly graph: TestCommerce,
    readonly buyer: Buyer,
    readonly id: string,
    /** As it was when it was placed. */
    readonly placed: any,
  ) {}

  async now(): Promise<any> {
    const document = `query ($id: ID!, $token: String) { order(id: $id, token: $token) ${ORDER} }`;
    return (await this.graph.data(document, this.buyer.as, { id: this.id, token: this.buyer.token }))['order'];
  }

  part(index = 0): { id: string; number: string; items: { id: string; title: string; quantity: number }[] } {
    return this.placed.shopOrders[index];
  }

  /** So many of its things, by their titles. */
  units(quantities: Readonly<Record<string, number>>): { orderItemId: string; quantity: number }[] {
    const items = this.placed.shopOrders.flatMap((part: any) => part.items);
    return Object.entries(quantities).map(([title, quantity]) => ({
      orderItemId: items.find((item: any) => item.title === title).id,
      quantity,
    }));
  }
}

/** Somebody buys these things. */
export async function buy(
  graph: TestCommerce,
  things: readonly (readonly [offer: Offered, quantity: number])[],
  { buyer = new Buyer(graph), ...input }: { buyer?: Buyer; paymentMethod?: string } = {},
): Promise<Bought> {
  await buyer.pick(...things);
  const { kind, order } = await buyer.buy(input);
  if (kind !== 'CheckoutCompleted') throw new Error(`It came to ${kind}.`);
  const bought = new Bought(graph, buyer, order.id, undefined);
  return new Bought(graph, buyer, order.id, await bought.now());
}

/** Sends all that is left of a part, or what is named, and says that it has arrived. @returns the parcel */
export async function deliver(graph: TestCommerce, { owner }: Market, shopOrderId: string, input: object = {}) {
  const { id } = await take(graph, owner, 'fulfillShopOrder', { shopOrderId, ...input });
  return take(graph, owner, 'recordDelivery', { fulfillmentId: id });
}

/** Lets everything happen that is to happen by itself. */
export async function settleAll(graph: TestCommerce): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await graph.runJobs();
    await graph.drainEvents();
  }
}

const WRONG = {
  ledger: 'select currency, sum(amount) from ledger_entry group by currency having sum(amount) <> 0',
  shelves: `select variant_id from stock_level l where available < 0 or on_hand <> (
    select coalesce(sum(quantity), 0) from stock_movement m where m.variant_id = l.variant_id)`,
  groups: `select id from customer_order o where total <> (select sum(total) from shop_order s where s.order_id = o.id)`,
  states: `with sums as (
      select shop_order_id as id, sum(quantity - cancelled) as wanted, sum(fulfilled) as sent, sum(delivered) as arrived,
        sum(returned) as back from order_item group by shop_order_id)
    select s.id, s.state, sums.* from shop_order s join sums using (id) where s.placed_at is not null and s.state <> case
      when wanted = 0 then 'CANCELLED' when sent = 0 then 'PLACED' when sent < wanted then 'PARTIALLY_FULFILLED'
      when arrived < wanted then 'FULFILLED' when back = 0 then 'DELIVERED' when back < wanted then 'PARTIALLY_RETURNED'
      else 'RETURNED' end`,
  payments: `select id from payment p where captured > 0 and (captured <> (
      select sum(amount) from payment_share s where s.payment_id = p.id)
    or refunded + refund_pending <> (select sum(refunded) from payment_share s where s.payment_id = p.id)
    or captured - refunded <> -(select coalesce(sum(e.amount), 0) from ledger_entry e
      join ledger_transaction t on t.id = e.transaction_id where e.account = 'PROVIDER_CLEARING'
      and (t.reference_id = p.id or t.reference_id in (select id from refund r where r.payment_id = p.id))))`,
};

/** What the bank has given back is what we think it has, unless its answer was lost: then not yet. */
const AT_THE_BANK = {
  bank: `select p.id from payment p where p.refunded <> (select coalesce(sum(amount), 0) from test_provider_object o
    where o.parent = p.provider_reference and o.state = 'SUCCEEDED')`,
};

/** Whatever happened to orders, the books of money and goods have to be in order. @throws with what is not */
export async function requireBooks(graph: TestCommerce, { answersGetLost = false } = {}): Promise<void> {
  // In one statement: properties look after each of thousands of steps.
  const checks = Object.entries({ ...WRONG, ...(!answersGetLost && AT_THE_BANK) });
  const all = checks.map(([what, sql]) => `select '${what}' as what, to_jsonb(found) as found from (${sql}) found`);
  const rows = await graph.runtime.asSystem(({ em }) => em.execute<object[]>(all.join(' union all ')));
  if (rows.length > 0) throw new Error(`These are not in order: ${JSON.stringify(rows)}`);
}

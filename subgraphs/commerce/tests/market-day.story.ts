import { randomUUID } from 'node:crypto';
import { expireOrders } from '../src/checkout/expire-orders.ts';
import { expireReservations } from '../src/inventory/expire-reservations.ts';
import { settlePayments } from '../src/payment/settle-payments.ts';
import { Buyer } from './checkout.story.ts';
import { take } from './fulfilment.story.ts';
import { BUYERS, type MarketEvent, YESTERDAY } from './market-events.ts';
import { type Market, type Offered, openMarket, putOnOffer } from './offer.story.ts';
import type { TestCommerce } from './story.ts';

const UPDATE = 'mutation ($input: UpdateProductVariantInput!) { updateProductVariant(input: $input) { id } }';
const RECEIVE = 'mutation ($input: ReceiveStockInput!) { receiveStock(input: $input) { id } }';
const REFUND = 'mutation ($input: RefundPaymentInput!) { refundPayment(input: $input) { id } }';
const PAY_OUT = 'mutation ($input: RequestPayoutInput!) { requestPayout(input: $input) { id } }';

/** Of this day only, the oldest first. */
const PARTS = `
select s.id, s.shop_id, o.id as order_id, o.user_id, o.payment_id from shop_order s join customer_order o on o.id = order_id
where shop_id = any(?::uuid[]) order by s.created_at, s.number`;
const PARCELS = `
select f.id, f.shop_id from fulfillment f where shop_id = any(?::uuid[]) and state = 'SENT' order by sent_at, id`;
const ITEMS = `
select i.id, i.shop_order_id, o.shop_id, o.user_id, quantity - cancelled - fulfilled as unsent, delivered - returned as kept
from order_item i join shop_order o on o.id = i.shop_order_id
where shop_id = any(?::uuid[]) order by o.created_at, i.id`;
const RETURNS = `
select r.id, r.shop_id, r.state from return_request r
where shop_id = any(?::uuid[]) and state in ('REQUESTED', 'APPROVED') order by created_at, id`;
const RETURN_ITEMS =
  'select order_item_id as "orderItemId", quantity as damaged, 0 as restocked from return_item where return_id = ?';

interface Row {
  readonly id: string;
  readonly shop_id: string;
  readonly order_id: string;
  readonly shop_order_id: string;
  readonly payment_id: string | null;
  readonly user_id: string;
  readonly state: string;
  readonly unsent: number;
  readonly kept: number;
}

/** Whether a client was told what they cannot do, and not that something is broken, here or in what they sent. */
function isRefusal({ message }: Error): boolean {
  const codes = [...message.matchAll(/"code": "([A-Z_]+)"/g)].map(([, code]) => code!);
  return (
    codes.length > 0 &&
    !message.includes('Variable ') &&
    !codes.some((code) => /^(INTERNAL_SERVER_ERROR|GRAPHQL_)/.test(code))
  );
}

/** Two shops, two buyers and a platform, and whatever they may do. */
export class MarketDay {
  /** How often each thing happened, and how often it was refused. */
  readonly happened: Record<string, number> = {};

  private constructor(
    private readonly graph: TestCommerce,
    private readonly markets: readonly Market[],
    private readonly offers: readonly (Offered & { readonly market: Market })[],
    private readonly buyers: readonly Buyer[],
  ) {}

  /** A day begins: what is sold has odd prices, and there is little of it. */
  static async begin(graph: TestCommerce, currency: string): Promise<MarketDay> {
    const markets = [
      await openMarket(graph, { currency, taxRate: 770 }),
      await openMarket(graph, { currency, taxRate: 2_100, pricesIncludeTax: false }),
    ];
    const offers = [];
    for (const [index, price] of [999, 1_001, 333, 2_750].entries()) {
      const market = markets[index % 2]!;
      offers.push({ ...(await putOnOffer(graph, market, price, `Thing ${index}`, 6)), market });
    }
    const day = new MarketDay(
      graph,
      markets,
      offers,
      Array.from({ length: BUYERS }, () => new Buyer(graph)),
    );
    for (const one of YESTERDAY) await day.let(one);
    return day;
  }

  /** Lets one thing happen, or be refused with a code that clients know. @throws for any other failure */
  async let(one: MarketEvent): Promise<void> {
    this.graph.clock.advance({ milliseconds: 10 });
    const refusal = await this.#try(one).then(
      (result) => (result === 'NOTHING' ? 'idle' : ''),
      (error: Error) => {
        if (!isRefusal(error)) throw error;
        return ' refused';
      },
    );
    if (refusal === 'idle') return;
    const what = `${one.kind}${refusal}`;
    this.happened[what] = (this.happened[what] ?? 0) + 1;
  }

  /** Everything that was begun comes to its end. */
  async end(): Promise<void> {
    for (let round = 0; round < 4; round += 1) {
      this.graph.clock.advance({ minutes: 45 });
      await this.#work();
    }
  }

  async #try(one: MarketEvent): Promise<unknown> {
    const { graph } = this;
    const idempotencyKey = randomUUID();
    switch (one.kind) {
      case 'add': {
        const { variantId } = this.offers[one.goods]!;
        return this.buyers[one.buyer]!.change('addToCart', { variantId, quantity: one.quantity });
      }
      case 'changePrice': {
        const { variantId: id, market } = this.offers[one.goods]!;
        const [row] = await this.#sql<{ version: number }>('select version from product_variant where id = ?', [id]);
        const price = { amount: one.price, currency: market.currency };
        return graph.data(UPDATE, market.owner, { input: { id, version: row!.version, price } });
      }
      case 'receiveStock': {
        const { variantId, market } = this.offers[one.goods]!;
        return graph.data(RECEIVE, market.owner, { input: { variantId, quantity: one.quantity, idempotencyKey } });
      }
      case 'buy':
        return this.#buy(this.buyers[one.buyer]!, one.method, 1);
      case 'buyTwice':
        return this.#buy(this.buyers[one.buyer]!, one.method, 2);
      case 'wait':
        graph.clock.advance({ minutes: one.minutes });
        return undefined;
      case 'work':
        return this.#work();
      case 'send':
        return this.#each(ITEMS, one.nth, ({ unsent }) => unsent > 0, (item) => {
          const items = [{ orderItemId: item.id, quantity: Math.min(one.quantity, item.unsent) }];
          return take(graph, this.#ownerOf(item), 'fulfillShopOrder', { shopOrderId: item.shop_order_id, items });
        }); // prettier-ignore
      case 'deliver':
        return this.#each(PARCELS, one.nth, () => true, (parcel) =>
          take(graph, this.#ownerOf(parcel), 'recordDelivery', { fulfillmentId: parcel.id }),
        ); // prettier-ignore
      case 'cancelOrder':
        return this.#each(PARTS, one.nth, () => true, (part) =>
          take(graph, this.#buyerOf(part).as, 'cancelOrder', { orderId: part.order_id }),
        ); // prettier-ignore
      case 'cancelUnits':
        return this.#each(ITEMS, one.nth, ({ unsent }) => unsent > 0, (item) => {
          const items = [{ orderItemId: item.id, quantity: Math.min(one.quantity, item.unsent) }];
          const input = { shopOrderId: item.shop_order_id, items, reason: 'Out of it' };
          return take(graph, this.#ownerOf(item), 'cancelShopOrder', input);
        }); // prettier-ignore
      case 'refund':
        return this.#each(PARTS, one.nth, ({ payment_id }) => payment_id !== null, (part) => {
          const { owner, currency } = this.#marketOf(part);
          const input = { paymentId: part.payment_id, shopId: part.shop_id, reason: 'Sorry', idempotencyKey };
          return graph.data(REFUND, owner, { input: { ...input, amount: { amount: one.amount, currency } } });
        }); // prettier-ignore
      case 'askReturn':
        return this.#each(ITEMS, one.nth, ({ kept }) => kept > 0, (item) => {
          const items = [{ orderItemId: item.id, quantity: Math.min(one.quantity, item.kept) }];
          const input = { shopOrderId: item.shop_order_id, items, reason: 'NO_LONGER_WANTED' };
          return take(graph, this.#buyerOf(item).as, 'requestReturn', input);
        }); // prettier-ignore
      case 'takeBack':
        return this.#each(RETURNS, one.nth, () => true, (asked) => this.#takeBack(asked, one.keep)); // prettier-ignore
      case 'payOut': {
        const { shopId, owner, currency } = this.markets[one.nth % this.markets.length]!;
        const input = { shopId, amount: { amount: one.amount, currency }, destination: 'test_account', idempotencyKey };
        return graph.data(PAY_OUT, owner, { input });
      }
    }
  }

  /** Agrees to whatever it costs now, and pays; under one key also if they click several times at once. */
  async #buy(buyer: Buyer, paymentMethod: string, clicks: number): Promise<unknown> {
    const cart = await buyer.cart();
    if (!cart || cart.items.length === 0) return 'NOTHING';
    const prices = cart.items.map(({ id, unitPrice }: any) => ({ itemId: id, unitPrice }));
    await buyer.change('acceptCartPrices', { prices });
    const agreement = await buyer.agreement({ paymentMethod });
    const outcomes = await Promise.all(Array.from({ length: clicks }, () => buyer.send(agreement)));
    this.happened[outcomes[0].kind] = (this.happened[outcomes[0].kind] ?? 0) + 1;
    const orders = new Set(outcomes.map(({ order }) => order?.id));
    if (orders.size > 1) throw new Error(`One key led to ${orders.size} orders.`);
    return outcomes[0];
  }

  async #takeBack(asked: Row, keep: number): Promise<unknown> {
    const { owner, currency } = this.#marketOf(asked);
    if (asked.state === 'REQUESTED') return take(this.graph, owner, 'approveReturn', { returnId: asked.id });
    const items = await this.#sql(RETURN_ITEMS, [asked.id]);
    const kept = keep > 0 ? { keep: { amount: keep, currency }, reason: 'Scratched' } : {};
    return take(this.graph, owner, 'receiveReturn', { returnId: asked.id, items, ...kept });
  }

  /** What the platform does by itself, from minute to minute. */
  async #work(): Promise<void> {
    const { graph } = this;
    graph.clock.advance({ minutes: 1 });
    await graph.runtime.asSystem((work) => expireReservations(work));
    await graph.runtime.asSystem((work) => expireOrders(work));
    await graph.runtime.asSystem((work) => settlePayments(work, {}));
    await graph.runJobs();
    await graph.drainEvents();
    await graph.runJobs();
  }

  async #each(
    sql: string,
    nth: number,
    isMeant: (row: Row) => boolean,
    run: (row: Row) => Promise<unknown>,
  ): Promise<unknown> {
    const rows = (await this.#sql<Row>(sql, [`{${this.markets.map(({ shopId }) => shopId).join()}}`])).filter(isMeant);
    return rows.length === 0 ? 'NOTHING' : run(rows[nth % rows.length]!);
  }

  #sql<Result>(sql: string, values: unknown[]): Promise<Result[]> {
    return this.graph.runtime.asSystem(({ em }) => em.execute<Result[]>(sql, values as never[]));
  }

  #marketOf({ shop_id }: Row): Market {
    return this.markets.find(({ shopId }) => shopId === shop_id)!;
  }

  #ownerOf(row: Row): Market['owner'] {
    return this.#marketOf(row).owner;
  }

  #buyerOf({ user_id }: Row): Buyer {
    return this.buyers.find(({ as }) => as?.sub === user_id)!;
  }
}

import { randomUUID } from 'node:crypto';
import type { TestPaymentProvider } from '../src/payment/test-payment.provider.ts';
import { type Bought, refused, settleAll, take } from './fulfilment.story.ts';
import type { TestCommerce } from './story.ts';

/** What is seen of money and goods behind the graph, and what happens there. */
export function behind(graph: TestCommerce) {
  const rows = <Row extends object>(sql: string, values: readonly unknown[]) =>
    graph.runtime.asSystem(({ em }) => em.execute<Row[]>(sql, [...values]));
  return {
    rows,
    onHand: async (variantId: string) =>
      (await rows<{ on_hand: number }>('select on_hand from stock_level where variant_id = ?', [variantId]))[0]!
        .on_hand,
    paymentOf: async ({ id }: Bought) => {
      const sql = 'select id, state, refunded::int from payment where order_id = ?';
      return (await rows<{ id: string; state: string; refunded: number }>(sql, [id]))[0]!;
    },
    /** What the bank gave back for an order, each time. */
    givenBack: async ({ id }: Bought) => {
      const sql = `select o.amount::int from test_provider_object o join payment p on p.provider_reference = o.parent
        where p.order_id = ? and o.state = 'SUCCEEDED' order by o.created_at, o.reference`;
      return (await rows<{ amount: number }>(sql, [id])).map(({ amount }) => amount);
    },
    provider: () => graph.runtime.services.paymentProviders.current as TestPaymentProvider,
    /** The job that finds what was left behind, as it runs when a claim is over. */
    settlePayments: async () => {
      graph.clock.advance({ minutes: 2 });
      await graph.runtime.asSystem(async (work) =>
        work.schedule({ name: 'settle-payments', data: {}, key: randomUUID() }),
      );
      await settleAll(graph);
    },
  };
}

/** The buyer cancels all of an order, or what is named. */
export const cancel = (graph: TestCommerce, order: Bought, input: object = {}) =>
  take(graph, order.buyer.as, 'cancelOrder', { orderId: order.id, token: order.buyer.token, ...input });

/** What that is refused with. */
export const cannotCancel = (graph: TestCommerce, order: Bought, input: object = {}) =>
  refused(graph, order.buyer.as, 'cancelOrder', { orderId: order.id, token: order.buyer.token, ...input });

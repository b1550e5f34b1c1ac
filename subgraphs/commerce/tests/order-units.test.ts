import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Session, withRowScope } from '@supergraph/subgraph-kit';
import { type Bought, buy, deliver, take } from './fulfilment.story.ts';
import { type Market, openMarket, putOnOffer } from './offer.story.ts';
import { startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
let tea: Market;
let order: Bought;

beforeAll(async () => {
  graph = await startCommerce();
  tea = await openMarket(graph);
  order = await buy(graph, [[await putOnOffer(graph, tea, 500, 'Sencha'), 3]]);
  await deliver(graph, tea, order.part().id, { items: order.units({ Sencha: 2 }) });
  const items = order.units({ Sencha: 1 });
  await take(graph, order.buyer.as, 'requestReturn', { shopOrderId: order.part().id, items, reason: 'OTHER' });
  await take(graph, order.buyer.as, 'cancelOrder', { orderId: order.id });
});

afterAll(() => graph.stop());

const change = (sql: string, values: readonly unknown[]) =>
  graph.runtime.asSystem(({ em }) => em.execute(sql, [...values], 'run'));

describe('whatever the code does, the database refuses', () => {
  test.each([
    ['to send what was cancelled', 'fulfilled = fulfilled + 1', 'order_item_check'],
    ['to cancel what was sent', 'cancelled = cancelled + 1', 'order_item_check'],
    ['that more arrives than was sent', 'delivered = delivered + 1', 'order_item_check'],
    ['that more comes back than has arrived', 'returned = returned + 2', 'order_item_check'],
    ['two returns of one unit', 'return_open = return_open + 2', 'order_item_check'],
    ['less than nothing', 'cancelled = -1', 'order_item_cancelled_check'],
    ['what was sent without a parcel', 'cancelled = 0, fulfilled = fulfilled + 1', 'do not add up'],
    ['what is in a parcel and was not sent', 'fulfilled = 1, delivered = 1', 'do not add up'],
    ['a return that nobody asked for', 'returned = 1', 'do not add up'],
  ])('%s', async (_, assignment, refusal) => {
    await expect(change(`update order_item set ${assignment} where order_id = ?`, [order.id])).rejects.toThrow(refusal);
  });

  test.each([
    ['that is delivered and has no date', `state = 'DELIVERED', delivered_at = null`],
    ['that leads buyers where it likes', `tracking_url = 'http://example.com'`],
  ])('a parcel %s', async (_, assignment) => {
    await expect(change(`update fulfillment set ${assignment} where order_id = ?`, [order.id])).rejects.toThrow(
      'check',
    );
  });

  test.each([
    ['that was received and gives nothing back', `state = 'RECEIVED', received_at = now(), decided_at = now()`],
    ['that keeps money and does not say why', `refund = 1, kept = 1, state = 'RECEIVED', received_at = now(), decided_at = now()`], // prettier-ignore
    ['that was declined and does not say why', `state = 'DECLINED', decided_at = now()`],
  ])('a return %s', async (_, assignment) => {
    await expect(change(`update return_request set ${assignment} where order_id = ?`, [order.id])).rejects.toThrow(
      'check',
    );
  });

  test('to owe more than was paid, or for one cause twice', async () => {
    const owe = (cause: string, amount: string) =>
      change(
        `insert into owed_refund (id, cause_id, order_id, shop_order_id, payment_id, shop_id, amount, currency, reason, state,
           ask_after, created_at)
         select gen_random_uuid(), ${cause}, order_id, shop_order_id, payment_id, shop_id, ${amount}, currency, 'More', 'OWED',
           now(), now() from owed_refund where order_id = ?`,
        [order.id],
      );
    await expect(owe('gen_random_uuid()', '1001')).rejects.toThrow('more is owed back than was paid');
    await expect(owe('cause_id', '1')).rejects.toThrow('owed_refund_cause_id_shop_order_id_key');
  });
});

test('Rows of parcels and returns are the buyer’s and the shop’s, and nobody writes them but the system', async () => {
  const tables = ['fulfillment', 'fulfillment_item', 'return_request', 'return_item', 'owed_refund'];
  const sessionOf = (userId: string, organizationId: string) =>
    Session.fromClaims({ sub: userId, org: organizationId, roles: [], sid: randomUUID(), scope: '', iat: 0, exp: 0 });
  const countAs = async (session: Session) => {
    const counts = [];
    for (const table of tables) {
      const rows = await withRowScope(session, () =>
        graph.runtime.openEntityManager().execute<{ count: number }[]>(`select count(*)::int as count from ${table}`),
      );
      counts.push(rows[0]!.count);
    }
    return counts;
  };
  const buyer = order.buyer.as as { sub: string; org: string };
  expect(await countAs(Session.system())).toEqual([1, 1, 1, 1, 1]);
  expect(await countAs(sessionOf(buyer.sub, buyer.org))).toEqual([1, 1, 1, 1, 0]);
  expect(await countAs(sessionOf(randomUUID(), tea.owner.org))).toEqual([1, 1, 1, 1, 0]);
  expect(await countAs(sessionOf(randomUUID(), randomUUID()))).toEqual([0, 0, 0, 0, 0]);
  for (const session of [sessionOf(buyer.sub, buyer.org), sessionOf(randomUUID(), tea.owner.org)]) {
    for (const table of tables) {
      const { affectedRows } = await withRowScope(session, () =>
        graph.runtime.openEntityManager().execute<{ affectedRows: number }>(`update ${table} set id = id`, [], 'run'),
      );
      expect([table, affectedRows]).toEqual([table, 0]);
    }
  }
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { purgeExpired } from '../src/retention/purge-expired.ts';
import { anOrder, aParcel, aPart, comeAgain, mailTo, ofShop, sell } from './commerce.story.ts';
import { redeliver, rows, startMessaging, type TestMessaging } from './story.ts';

let messaging: TestMessaging;

beforeAll(async () => {
  messaging = await startMessaging();
});

afterAll(() => messaging.stop());

const placed = (order: ReturnType<typeof anOrder>, total = 2_500, currency = 'CHF') =>
  sell(messaging, 'order.placed', { ...order, currency, total, shopOrders: [{ ...aPart(), total }] });

describe('A guest', () => {
  const aGuest = () => ({ email: `guest-${randomUUID()}@example.com` });

  test('gets mail at the address of the order: placed, sent, there, cancelled, returned, refunded', async () => {
    const guest = aGuest();
    const order = anOrder(guest);
    const parcel = aParcel(order);
    await placed(order);
    await sell(messaging, 'order.fulfilled', parcel);
    await sell(messaging, 'order.delivered', parcel);
    await sell(messaging, 'order.cancelled', {
      ...{ ...order, currency: 'CHF', refunded: 0, reason: '', shopOrders: [aPart()] },
    });
    const about = { ...order, ...ofShop(), returnId: randomUUID(), currency: 'CHF', refunded: null, reason: null };
    await sell(messaging, 'return.approved', about);
    await sell(messaging, 'payment.refunded', {
      ...{ refundId: randomUUID(), orderId: order.orderId, refundAmount: 500, currency: 'CHF' },
    });
    const mails = await mailTo(messaging, guest.email);
    expect(mails.map(({ subject }) => subject).toSorted()).toEqual([
      'Order A-1001: a parcel has arrived',
      'Order A-1001: a parcel is on its way',
      'Order A-1001: cancelled',
      'Order A-1001: your return is accepted',
      'Refund of CHF 5.00 for order A-1001',
      'Your order A-1001',
    ]);
    for (const { text } of mails) expect(text).toMatch(/^Hello,\n/);
  });

  test('gets one mail, however often the event comes', async () => {
    const guest = aGuest();
    const event = await placed(anOrder(guest));
    await redeliver(messaging, event);
    expect(await mailTo(messaging, guest.email)).toHaveLength(1);
  });

  test('is told of a refund also when that overtakes the order', async () => {
    const guest = aGuest();
    const order = anOrder(guest);
    await sell(messaging, 'payment.refunded', {
      ...{ refundId: randomUUID(), orderId: order.orderId, refundAmount: 500, currency: 'CHF' },
    });
    await placed(order);
    await comeAgain(messaging);
    expect((await mailTo(messaging, guest.email)).map(({ subject }) => subject).toSorted()).toEqual([
      'Refund of CHF 5.00 for order A-1001',
      'Your order A-1001',
    ]);
  });

  test('who has not paid is not written to: the address may be anybody’s', async () => {
    const guest = aGuest();
    const { number, orderId } = anOrder(guest);
    await sell(messaging, 'order.given_up', { orderId, number, userId: null, reason: 'Declined' });
    expect(await mailTo(messaging, guest.email)).toEqual([]);
    expect(await rows(messaging, `select 1 from bus.delivery where status <> 'done'`)).toEqual([]);
  });
});

test('Whom to tell of an order is known for more than a year, and forgotten after it', async () => {
  const guest = { email: 'long-ago@example.com' };
  await placed(anOrder(guest));
  const known = () => rows(messaging, 'select number from order_buyer where email = ?', [guest.email]);
  messaging.clock.advance({ days: 399 });
  await messaging.runtime.asSystem(purgeExpired);
  expect(await known()).toEqual([{ number: 'A-1001' }]);
  messaging.clock.advance({ days: 2 });
  await messaging.runtime.asSystem(purgeExpired);
  expect(await known()).toEqual([]);
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { anOrder, aParcel, aPart, comeAgain, mailTo, ofShop, sell, TEA, toldTo } from './commerce.story.ts';
import { happen, type Person, redeliver, registered, rows, startMessaging, type TestMessaging } from './story.ts';

let messaging: TestMessaging;

beforeAll(async () => {
  messaging = await startMessaging();
});

afterAll(() => messaging.stop());

const placed = (order: ReturnType<typeof anOrder>, total = 2_500, currency = 'CHF') =>
  sell(messaging, 'order.placed', { ...order, currency, total, shopOrders: [{ ...aPart(), total }] });

function choose({ userId }: Person, preferences: object[]): Promise<object> {
  return messaging.queryData(
    'mutation ($input: UpdateNotificationPreferencesInput!) { updateNotificationPreferences(input: $input) { digest } }',
    { variables: { input: { preferences } }, as: { sub: userId } },
  );
}

describe('Somebody who buys', () => {
  test('hears that it is placed, in the app and by mail, and where to see it', async () => {
    const ada = await registered(messaging);
    // Not the address of her account: she is reached as she chose there.
    const order = anOrder({ ...ada, email: 'elsewhere@example.com' });
    await placed(order);
    expect(await toldTo(messaging, ada)).toEqual([
      {
        type: 'ORDER_PLACED',
        title: 'Order A-1001 is placed',
        body: 'Total: CHF 25.00.',
        link: `/orders/${order.orderId}`,
        subject: { __typename: 'Order', id: order.orderId },
      },
    ]);
    const [mail] = await mailTo(messaging, ada.email);
    expect(mail!.subject).toBe('Your order A-1001');
    expect(mail!.text).toContain('– 2 × Sencha');
    expect(mail!.text).toContain(`Follow the order: https://app.example.com/orders/${order.orderId}`);
    expect(await mailTo(messaging, 'elsewhere@example.com')).toEqual([]);
  });

  test('hears of it once, however often the event comes', async () => {
    const ada = await registered(messaging);
    const event = await placed(anOrder(ada));
    await redeliver(messaging, event);
    await redeliver(messaging, event);
    expect(await toldTo(messaging, ada)).toHaveLength(1);
    expect(await mailTo(messaging, ada.email)).toHaveLength(1);
  });

  test('hears of it also when the event overtakes their registration', async () => {
    const late = { userId: randomUUID(), email: 'late@example.com', name: 'Late', locale: 'en', timeZone: 'UTC' };
    await placed(anOrder(late));
    await happen(messaging, 'user.registered', { ...late, organizationId: randomUUID() });
    await messaging.drainEvents();
    await comeAgain(messaging);
    expect(await toldTo(messaging, late)).toMatchObject([{ type: 'ORDER_PLACED' }]);
  });

  test.each([
    ['JPY', 1_234, 'Total: ¥1,234.'],
    ['KWD', 1_234, 'Total: KWD 1.234.'],
    ['EUR', 1_234, 'Total: €12.34.'],
  ])('reads %s as it is written', async (currency, total, body) => {
    const ada = await registered(messaging);
    await placed(anOrder(ada), total, currency);
    expect((await toldTo(messaging, ada))[0]!.body).toBe(body);
  });

  test('reads it in their language', async () => {
    const ada = await registered(messaging, { locale: 'de-CH' });
    await placed(anOrder(ada));
    expect(await toldTo(messaging, ada)).toMatchObject([{ title: 'Bestellung A-1001 ist aufgegeben' }]);
  });

  test('is told what was cancelled, and what they get back', async () => {
    const ada = await registered(messaging);
    await sell(messaging, 'order.cancelled', {
      ...{ ...anOrder(ada), currency: 'CHF', refunded: 1_250, reason: 'Sold out', shopOrders: [aPart()] },
    });
    expect(await toldTo(messaging, ada)).toMatchObject([
      { type: 'ORDER_CANCELLED', title: 'Order A-1001: cancelled', body: 'You get back CHF 12.50. Reason: Sold out' },
    ]);
  });

  test('is told that it was not paid', async () => {
    const ada = await registered(messaging);
    await sell(messaging, 'order.given_up', { ...anOrder(ada), reason: 'The card was declined.' });
    expect(await toldTo(messaging, ada)).toMatchObject([
      { type: 'ORDER_GIVEN_UP', body: 'Nothing was bought. The card was declined.' },
    ]);
  });

  test('can follow the parcel from the mail, and hears when it is there', async () => {
    const ada = await registered(messaging);
    const order = anOrder(ada);
    const parcel = aParcel(order);
    await sell(messaging, 'order.fulfilled', parcel);
    await sell(messaging, 'order.delivered', parcel);
    expect(await toldTo(messaging, ada)).toMatchObject([
      { type: 'PARCEL_DELIVERED', title: 'Your parcel from Tea House has arrived', body: 'Order A-1001.' },
      {
        type: 'PARCEL_SENT',
        title: 'Tea House has sent your order',
        body: 'Order A-1001. By Post. Number: 99.01.',
        subject: { __typename: 'Order', id: order.orderId },
      },
    ]);
    const sent = (await mailTo(messaging, ada.email)).find(({ subject }) => subject.includes('on its way'));
    expect(sent!.html).toContain('href="https://post.example.com/99.01"');
    expect(sent!.text).toContain('Track the parcel: https://post.example.com/99.01');
  });

  test.each(['javascript:alert(1)', '/settings', 'not a link', 'data:text/html,x'])(
    'is not led to %s by a shop',
    async (trackingUrl) => {
      const ada = await registered(messaging);
      await sell(messaging, 'order.fulfilled', aParcel(anOrder(ada), { trackingUrl }));
      const [mail] = await mailTo(messaging, ada.email);
      expect(mail!.text).toContain('Number: 99.01.');
      expect(mail!.text).not.toContain('Track the parcel');
      expect(mail!.html).not.toContain(`href="${trackingUrl}"`);
    },
  );

  test('sees a shop’s name as it is, whatever the shop is called', async () => {
    const ada = await registered(messaging);
    const shopName = '<img src=x onerror=alert(1)>{{appUrl}}\nBcc: eve@example.com';
    const title = '"><script>alert(1)</script>{{#each}}';
    const trackingUrl = 'https://post.example.com/"onmouseover="alert(1)';
    await sell(
      messaging,
      'order.fulfilled',
      aParcel(anOrder(ada), { shopName, trackingUrl, items: [{ ...TEA, title }] }),
    );
    const [mail] = await mailTo(messaging, ada.email);
    expect(mail!.subject).toBe('Order A-1001: a parcel is on its way');
    expect(mail!.html).toContain('&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;{{appUrl}}');
    expect(mail!.html).toContain('&lt;script&gt;');
    expect(mail!.html).not.toMatch(/<img|<script|"onmouseover/);
    expect(mail!.text).toContain('<img src=x onerror=alert(1)>{{appUrl}}');
    const [told] = await toldTo(messaging, ada);
    expect(told!.title).toBe('<img src=x onerror=alert(1)>{{appUrl}} Bcc: eve@example.com has sent your order');
  });

  test('is told how a return goes on', async () => {
    const ada = await registered(messaging);
    const about = {
      ...anOrder(ada),
      ...ofShop(),
      returnId: randomUUID(),
      currency: 'CHF',
      refunded: null,
      reason: null,
    };
    await sell(messaging, 'return.approved', about);
    await sell(messaging, 'return.received', { ...about, refunded: 1_250 });
    await sell(messaging, 'return.declined', { ...about, returnId: randomUUID(), reason: 'It was worn.' });
    expect((await toldTo(messaging, ada)).map(({ title, body }) => [title, body])).toEqual([
      ['Tea House does not accept your return', 'Order A-1001. Reason: It was worn.'],
      ['Tea House has received your return', 'Order A-1001. You get back CHF 12.50.'],
      ['Tea House accepts your return', 'Order A-1001. You can send it back now.'],
    ]);
  });

  test('is told of a refund, by the number of the order', async () => {
    const ada = await registered(messaging);
    const order = anOrder(ada);
    await placed(order);
    const refund = { refundId: randomUUID(), orderId: order.orderId, refundAmount: 500, currency: 'CHF' };
    await sell(messaging, 'payment.refunded', { ...refund, userId: ada.userId });
    await sell(messaging, 'payment.refunded', { ...refund, orderId: randomUUID(), userId: ada.userId });
    expect(await toldTo(messaging, ada)).toMatchObject([
      { type: 'ORDER_REFUNDED', title: 'Refund: CHF 5.00', body: '' },
      { type: 'ORDER_REFUNDED', title: 'Refund: CHF 5.00', body: 'For order A-1001.' },
      { type: 'ORDER_PLACED' },
    ]);
  });

  test('hears nothing on a channel where they do not want it, and the rest as before', async () => {
    const ada = await registered(messaging);
    await choose(ada, [
      { type: 'PARCEL_SENT', channel: 'EMAIL', enabled: false },
      { type: 'PARCEL_DELIVERED', channel: 'EMAIL', enabled: false },
      { type: 'PARCEL_DELIVERED', channel: 'IN_APP', enabled: false },
    ]);
    const parcel = aParcel(anOrder(ada));
    await sell(messaging, 'order.fulfilled', parcel);
    await sell(messaging, 'order.delivered', parcel);
    await placed(anOrder(ada));
    expect((await toldTo(messaging, ada)).map(({ type }) => type)).toEqual(['ORDER_PLACED', 'PARCEL_SENT']);
    expect((await mailTo(messaging, ada.email)).map(({ subject }) => subject)).toEqual(['Your order A-1001']);
  });

  test('is not disturbed at night: the mail waits, the app shows it at once', async () => {
    const ada = await registered(messaging);
    const now = messaging.clock.now();
    const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString().slice(11, 16);
    await messaging.queryData(
      'mutation ($input: UpdateQuietHoursInput!) { updateQuietHours(input: $input) { digest } }',
      { variables: { input: { quietHours: { start: at(-1), end: at(2) } } }, as: { sub: ada.userId } },
    );
    await placed(anOrder(ada));
    expect(await toldTo(messaging, ada)).toHaveLength(1);
    const [waiting] = await rows<{ due_at: string }>(
      messaging,
      `select due_at from notification_delivery where user_id = ? and type = 'ORDER_PLACED' and channel = 'EMAIL'`,
      [ada.userId],
    );
    expect(new Date(waiting!.due_at).toISOString().slice(11, 16)).toBe(at(2));
    expect(await mailTo(messaging, ada.email)).toEqual([]);
  });

  test('hears nothing any more once their account is gone, and nothing is kept of them', async () => {
    const ada = await registered(messaging);
    const order = anOrder(ada);
    await placed(order);
    await mailTo(messaging, ada.email);
    await happen(messaging, 'user.deleted', { userId: ada.userId } as never);
    await messaging.drainEvents();
    await sell(messaging, 'order.fulfilled', aParcel(order));
    const refund = { refundId: randomUUID(), orderId: order.orderId, refundAmount: 500, currency: 'CHF' };
    await sell(messaging, 'payment.refunded', { ...refund, userId: ada.userId });
    expect(await mailTo(messaging, ada.email)).toEqual([]);
    const left = `select 1 from notification_delivery where user_id = ? union all
      select 1 from order_buyer where user_id = ?`;
    expect(await rows(messaging, left, [ada.userId, ada.userId])).toEqual([]);
  });
});

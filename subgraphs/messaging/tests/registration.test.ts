import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { aPerson, happen, redeliver, registered, rows, startMessaging, type TestMessaging } from './story.ts';

const TITLES = `{ notifications { edges { node { type title body readAt user { id } } } } unreadNotificationCount }`;

describe('Somebody who registers', () => {
  let messaging: TestMessaging;

  beforeAll(async () => {
    messaging = await startMessaging();
  });

  afterAll(() => messaging.stop());

  test('finds a welcome in the app', async () => {
    const ada = await registered(messaging, { name: 'Ada' });
    const { notifications, unreadNotificationCount } = await messaging.queryData(TITLES, { as: { sub: ada.userId } });
    expect(notifications.edges.map((edge: { node: object }) => edge.node)).toEqual([
      {
        type: 'WELCOME',
        title: 'Welcome, Ada',
        body: 'Your account is ready. Have a look around.',
        readAt: null,
        user: { id: ada.userId },
      },
    ]);
    expect(unreadNotificationCount).toBe(1);
  });

  test('is welcomed in their own language, or in the nearest there is', async () => {
    for (const [locale, title] of [
      ['de-CH', 'Willkommen, Heidi'],
      ['fr', 'Welcome, Heidi'],
    ] as const) {
      const heidi = await registered(messaging, { name: 'Heidi', locale });
      const { notifications } = await messaging.queryData(TITLES, { as: { sub: heidi.userId } });
      expect(notifications.edges[0].node.title).toBe(title);
    }
  });

  test('is welcomed once, however often the event comes and under whatever id', async () => {
    const ada = aPerson();
    const data = { ...ada, organizationId: randomUUID() };
    const first = await happen(messaging, 'user.registered', data);
    await happen(messaging, 'user.registered', data);
    await messaging.drainEvents();
    for (let again = 0; again < 3; again += 1) await redeliver(messaging, first);
    const counts = await rows(
      messaging,
      `select (select count(*)::integer from notification where user_id = ?) as notifications,
        (select count(*)::integer from notification_delivery where user_id = ? and channel = 'EMAIL') as mails`,
      [ada.userId, ada.userId],
    );
    expect(counts).toEqual([{ notifications: 1, mails: 1 }]);
    // Recognised, not run into a constraint: that would have put the event off.
    expect(await rows(messaging, `select status, attempts from bus.delivery where event_id = ?`, [first])).toEqual([
      { status: 'done', attempts: 0 },
    ]);
  });

  test('is welcomed once when two processes handle the event at the same time', async () => {
    const ada = aPerson();
    const data = { ...ada, organizationId: randomUUID() };
    for (let copies = 0; copies < 4; copies += 1) await happen(messaging, 'user.registered', data);
    await Promise.all([messaging.drainEvents(), messaging.drainEvents(), messaging.drainEvents()]);
    const found = await rows(messaging, `select id from notification where user_id = ?`, [ada.userId]);
    expect(found).toHaveLength(1);
  });

  test('gets the welcome by mail as well', async () => {
    const ada = await registered(messaging, { name: 'Ada <3' });
    await messaging.runJobs();
    const { developmentMailbox } = await messaging.queryData(
      `query ($to: String) { developmentMailbox(to: $to) { edges { node { to subject text html } } } }`,
      { variables: { to: ada.email }, as: { sub: randomUUID(), scope: 'messaging:mailbox.read' } },
    );
    expect(developmentMailbox.edges).toHaveLength(1);
    const mail = developmentMailbox.edges[0].node;
    expect(mail).toMatchObject({ to: ada.email, subject: 'Welcome, Ada <3' });
    expect(mail.html).toContain('Hello Ada &lt;3,');
    expect(mail.text).toContain('Hello Ada <3,');
  });

  test('leaves a trace on the bus that a notification was sent, for each channel', async () => {
    const ada = await registered(messaging);
    await messaging.runJobs();
    const sent = await rows<{ data: object }>(
      messaging,
      `select data from bus.event where name = 'notification.sent' and data->>'userId' = ? order by seq`,
      [ada.userId],
    );
    const notificationId = expect.any(String);
    expect(sent.map((event) => event.data)).toEqual([
      { notificationId, userId: ada.userId, type: 'WELCOME', channel: 'IN_APP' },
      { notificationId, userId: ada.userId, type: 'WELCOME', channel: 'EMAIL' },
    ]);
  });
});

import { createECDH, randomBytes, randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { does } from '../support/does.ts';
import { eventually } from '../support/eventually.ts';
import { hear } from '../support/hear.ts';
import type { Market } from './market.ts';

export function notifications(market: Market): void {
  it('come at once, and are read, put away and brought back', async () => {
    const seller = await market.person('talked-about@example.com', 'Tal');
    const [added, count] = await Promise.all([
      hear(seller, 'subscription { notificationAdded { type title user { name } } }'),
      hear(seller, 'subscription { unreadNotificationCountChanged }'),
    ]);
    await market.shop('Talked About', seller);
    const told = { type: 'SHOP_APPROVED', title: 'Talked About is open', user: { name: 'Tal' } };
    await added.hears({ notificationAdded: told });
    const list = async () =>
      seller.queryData('{ notifications(first: 1) { edges { node { id } } } unreadNotificationCount }');
    // The welcome is the other one.
    await eventually(async () => (await list()).unreadNotificationCount === 2);
    const { notifications: newest, unreadNotificationCount: unread } = await list();
    const { id } = newest.edges[0].node;
    const some = { ids: [id] };
    await does(seller, 'markNotificationRead', { id }, { readAt: expect.any(String) });
    await count.hears({ unreadNotificationCountChanged: unread - 1 });
    const asUnread = { unreadNotificationCount: unread, notifications: [{ readAt: null }] };
    await does(seller, 'markNotificationsUnread', some, asUnread);
    const asRead = { unreadNotificationCount: unread - 1, notifications: [{ readAt: expect.any(String) }] };
    await does(seller, 'markNotificationsRead', some, asRead);
    await does(seller, 'archiveNotifications', some, { notifications: [{ archivedAt: expect.any(String) }] });
    await does(seller, 'restoreNotifications', some, { notifications: [{ archivedAt: null }] });
    const { markAllNotificationsRead } = await seller.queryData(
      'mutation { markAllNotificationsRead { markedCount unreadNotificationCount } }',
    );
    expect(markAllNotificationsRead).toEqual({ markedCount: unread - 1, unreadNotificationCount: 0 });
    for (const each of [added, count]) await each.stop();
  });

  it('come as somebody wants them', async () => {
    const { ada } = market;
    const noMail = { preferences: [{ type: 'PARCEL_SENT', channel: 'EMAIL', enabled: false }] };
    await does(ada, 'updateNotificationPreferences', noMail, { digest: 'WEEKLY' });
    const night = { quietHours: { start: '22:00', end: '07:00' } };
    await does(ada, 'updateQuietHours', night, night);
    await does(ada, 'updateNotificationDigest', { digest: 'NONE' }, { digest: 'NONE', ...night });
    const { notificationSettings } = await ada.queryData(
      '{ notificationSettings { preferences { type channel enabled mandatory } } }',
    );
    expect(notificationSettings.preferences).toContainEqual({ ...noMail.preferences[0], mandatory: false });
    const browser = createECDH('prime256v1');
    const subscription = {
      endpoint: `https://push.example.com/${randomUUID()}`,
      ...{ p256dh: browser.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') },
      userAgent: 'A browser',
    };
    const { id } = await does(ada, 'registerPushSubscription', subscription, { userAgent: 'A browser' });
    await does(ada, 'unregisterPushSubscription', { id }, { userAgent: 'A browser' });
  });

  it('are worded by an organization in its own way', async () => {
    const writer = market.client('messaging:templates.write');
    const words = { subject: 'Commande {{orderNumber}}', text: 'Etat: {{status}}' };
    const place = { type: 'ORDER_UPDATE', channel: 'IN_APP', locale: 'fr' };
    const variables = { orderNumber: 'A-1', status: 'perdue' };
    const written = { subject: 'Commande A-1', text: 'Etat: perdue' };
    await does(writer, 'previewNotificationTemplate', { ...place, ...words, variables }, written);
    const made = await does(writer, 'createNotificationTemplate', { owner: 'ORGANIZATION', ...place, ...words }, words);
    const { id, version } = made;
    const better = { ...words, text: 'État : {{status}}' };
    await does(writer, 'updateNotificationTemplate', { id, version, ...better }, { ...better, version: version + 1 });
    const { deleteNotificationTemplate } = await writer.queryData(
      'mutation ($id: ID!) { deleteNotificationTemplate(input: { id: $id }) }',
      { id },
    );
    expect(deleteNotificationTemplate).toBe(id);
  });

  it('go out to many, until that is stopped', async () => {
    const organizationId = randomUUID();
    await market.sql(
      `with member as (
         insert into messaging.recipient (user_id, name) select gen_random_uuid(), 'Member' from generate_series(1, 3000)
         returning user_id)
       insert into messaging.recipient_organization (organization_id, user_id, role, member, as_of)
       select $1, user_id, 'AGENT', true, now() from member`,
      [organizationId],
    );
    const speaker = market.client('messaging:broadcast', organizationId);
    const news = {
      audience: { kind: 'ORGANIZATION' },
      title: 'Moving',
      body: 'To a new office.',
      idempotencyKey: 'news',
    };
    const { id } = await does(speaker, 'broadcastNotification', news, { totalCount: 3_000, title: 'Moving' });
    const { notifiedCount } = await does(
      speaker,
      'cancelBroadcast',
      { id },
      { state: 'CANCELLED', notifiedCount: expect.any(Number) },
    );
    expect(notifiedCount).toBeLessThan(3_000);
  });
}

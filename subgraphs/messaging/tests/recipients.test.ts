import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { aPerson, happen, joined, registered, rows, startMessaging, type TestMessaging } from './story.ts';

describe('What is known of a recipient', () => {
  let messaging: TestMessaging;

  beforeAll(async () => {
    messaging = await startMessaging();
  });

  afterAll(() => messaging.stop());

  const later = (minutes: number) => new Date(messaging.clock.now().getTime() + minutes * 60_000);

  async function recipient(userId: string) {
    const [row] = await rows(messaging, `select email, name, status from recipient where user_id = ?`, [userId]);
    return row;
  }

  async function unread(userId: string): Promise<number> {
    return (await messaging.queryData('{ unreadNotificationCount }', { as: { sub: userId } })).unreadNotificationCount;
  }

  test('is the newest, in whatever order it is heard', async () => {
    const ada = aPerson();
    await happen(messaging, 'user.profile_changed', { ...ada, name: 'Countess' }, { occurredAt: later(2) });
    await messaging.drainEvents();
    await happen(messaging, 'user.profile_changed', { ...ada, name: 'Byron' }, { occurredAt: later(1) });
    await happen(messaging, 'user.registered', { ...ada, organizationId: randomUUID() }, { occurredAt: later(0) });
    await messaging.drainEvents();
    expect(await recipient(ada.userId)).toEqual({ email: ada.email, name: 'Countess', status: 'ACTIVE' });
    // Late or not, the registration is worth a welcome.
    expect(await unread(ada.userId)).toBe(1);
  });

  test('includes a suspension that is older than the registration was heard', async () => {
    const ada = aPerson();
    await happen(messaging, 'user.suspended', { userId: ada.userId, reason: 'fraud' }, { occurredAt: later(2) });
    await happen(messaging, 'user.activated', { userId: ada.userId }, { occurredAt: later(1) });
    await messaging.drainEvents();
    await happen(messaging, 'user.registered', { ...ada, organizationId: randomUUID() });
    await messaging.drainEvents();
    expect(await recipient(ada.userId)).toMatchObject({ status: 'SUSPENDED' });
    expect(await unread(ada.userId)).toBe(0);
  });

  test('stops notifications during a suspension, also those that are queued', async () => {
    const ada = await registered(messaging);
    await happen(messaging, 'user.suspended', { userId: ada.userId, reason: 'fraud' });
    await messaging.drainEvents();
    await messaging.runJobs();
    const [mail] = await rows(
      messaging,
      `select status, error from notification_delivery where user_id = ? and channel = 'EMAIL'`,
      [ada.userId],
    );
    expect(mail).toEqual({ status: 'SUPPRESSED', error: 'The account is suspended.' });
    await happen(messaging, 'password.changed', { userId: ada.userId });
    await messaging.drainEvents();
    expect(await unread(ada.userId)).toBe(1);
    await happen(messaging, 'user.activated', { userId: ada.userId }, { occurredAt: later(1) });
    await happen(messaging, 'password.changed', { userId: ada.userId });
    await messaging.drainEvents();
    expect(await unread(ada.userId)).toBe(2);
  });

  test('waits for a registration that an event overtook', async () => {
    const ada = aPerson();
    const signIn = { userId: ada.userId, sessionId: randomUUID(), device: 'Firefox', address: null, newDevice: true };
    await happen(messaging, 'session.started', { ...signIn, startedAt: messaging.clock.now().toISOString() });
    await messaging.drainEvents();
    await registered(messaging, ada);
    await rows(messaging, `update bus.delivery set available_at = now() where status = 'pending' returning 1`);
    await messaging.drainEvents();
    expect(await unread(ada.userId)).toBe(2);
  });

  test('includes the organizations they founded, joined and left, and as what', async () => {
    const [ada, grace] = [await registered(messaging), await registered(messaging)];
    const organizationId = randomUUID();
    const founding = { organizationId, name: 'Analytical Engines', ownerId: ada.userId, personal: false };
    const change = { organizationId, userId: grace.userId };
    await happen(messaging, 'member.role_changed', { ...change, role: 'MANAGER' }, { occurredAt: later(2) });
    await messaging.drainEvents();
    await happen(messaging, 'organization.created', founding, { occurredAt: later(0) });
    await happen(messaging, 'member.added', { ...change, role: 'AGENT' }, { occurredAt: later(1) });
    await messaging.drainEvents();
    const members = () =>
      rows(
        messaging,
        `select user_id, role from recipient_organization where organization_id = ? and member order by role`,
        [organizationId],
      );
    expect(await members()).toEqual([
      { user_id: grace.userId, role: 'MANAGER' },
      { user_id: ada.userId, role: 'OWNER' },
    ]);
    await happen(messaging, 'member.removed', change, { occurredAt: later(3) });
    await messaging.drainEvents();
    expect(await members()).toEqual([{ user_id: ada.userId, role: 'OWNER' }]);
  });

  test('is erased with the account, and stays erased however late an event comes', async () => {
    const ada = await registered(messaging);
    await joined(messaging, randomUUID(), ada);
    await messaging.runJobs();
    await happen(messaging, 'user.deleted', { userId: ada.userId }, { occurredAt: later(5) });
    await messaging.drainEvents();
    await happen(messaging, 'user.profile_changed', ada, { occurredAt: later(9) });
    await happen(messaging, 'user.activated', { userId: ada.userId }, { occurredAt: later(9) });
    await happen(messaging, 'member.added', { userId: ada.userId, organizationId: randomUUID(), role: 'OWNER' });
    await happen(messaging, 'password.changed', { userId: ada.userId });
    await happen(messaging, 'user.registered', { ...ada, organizationId: randomUUID() }, { occurredAt: later(9) });
    await messaging.drainEvents();
    expect(await recipient(ada.userId)).toEqual({ email: null, name: '', status: 'DELETED' });
    // Known to be late, not stopped by a constraint: nothing waits to be tried again.
    expect(await rows(messaging, `select * from bus.delivery where status <> 'done'`)).toEqual([]);
    const left = await rows(
      messaging,
      `select 'notification' as place from notification where user_id = ?
       union all select 'delivery' from notification_delivery where user_id = ?
       union all select 'membership' from recipient_organization where user_id = ?
       union all select 'mail' from email_message where recipient = ?`,
      [ada.userId, ada.userId, ada.userId, ada.email],
    );
    expect(left).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { aPerson, APP_URL, happen, redeliver, registered, rows, startMessaging, type TestMessaging } from './story.ts';

const MAILBOX = `query ($to: String) { developmentMailbox(to: $to) { edges { node { to subject text html } } } }`;

describe('Mail about an account', () => {
  let messaging: TestMessaging;

  beforeAll(async () => {
    messaging = await startMessaging();
  });

  afterAll(() => messaging.stop());

  async function mailsTo(address: string): Promise<{ subject: string; text: string; html: string }[]> {
    await messaging.runJobs();
    const { developmentMailbox } = await messaging.queryData(MAILBOX, {
      variables: { to: address },
      as: { sub: randomUUID(), scope: 'messaging:mailbox.read' },
    });
    return developmentMailbox.edges.map((edge: { node: object }) => edge.node);
  }

  const seal = (token: string) => messaging.runtime.services.sealer.seal(token, 'event:token');

  const inAnHour = () => new Date(messaging.clock.now().getTime() + 3_600_000).toISOString();

  test('to verify an address goes to the address of the event, with a link that opens it', async () => {
    const ada = await registered(messaging);
    const data = { ...ada, email: 'new-address@example.com', sealedToken: seal('verify-me'), expiresAt: inAnHour() };
    await happen(messaging, 'email_verification.requested', data);
    await messaging.drainEvents();
    const [mail] = await mailsTo('new-address@example.com');
    expect(mail!.subject).toBe('Confirm your e-mail address');
    expect(mail!.text).toContain(`${APP_URL}/verify-email#token=verify-me`);
    expect(mail!.html).toContain('verify-email#token');
  });

  test('to reset a password is sent once, however often the event comes', async () => {
    const ada = aPerson({ locale: 'de' });
    const data = { ...ada, sealedToken: seal('reset-me'), expiresAt: inAnHour() };
    const event = await happen(messaging, 'password_reset.requested', data);
    await messaging.drainEvents();
    await redeliver(messaging, event);
    const mails = await mailsTo(ada.email);
    expect(mails).toHaveLength(1);
    expect(mails[0]!.subject).toBe('Neues Passwort setzen');
    expect(mails[0]!.text).toContain(`${APP_URL}/reset-password#token=reset-me`);
  });

  test('leaves its token nowhere but in the mail', async () => {
    const token = `secret-${randomUUID()}`;
    const ada = await registered(messaging);
    const grace = { email: 'grace@example.com', locale: 'en', sealedToken: seal(token), expiresAt: inAnHour() };
    await happen(messaging, 'invitation.sent', {
      ...grace,
      invitationId: randomUUID(),
      organizationId: randomUUID(),
      organizationName: 'Navy',
      inviterName: 'Ada',
      role: 'ADMIN',
    });
    await happen(messaging, 'password_reset.requested', { ...ada, sealedToken: seal(token), expiresAt: inAnHour() });
    await messaging.drainEvents();
    const [mail] = await mailsTo('grace@example.com');
    expect(mail!.text).toContain(`${APP_URL}/invitations/accept#token=${token}`);
    const tables = ['notification', 'notification_delivery', 'bus.event', 'jobs_messaging.job'];
    for (const table of tables) {
      const [found] = await rows<{ count: string }>(
        messaging,
        `select count(*) as count from ${table} as any_row where to_jsonb(any_row)::text like ?`,
        [`%${token}%`],
      );
      expect([table, Number(found!.count)]).toEqual([table, 0]);
    }
    const sealed = await rows(messaging, `select id from notification_delivery where sealed_token is not null`);
    expect(sealed).toEqual([]);
  });

  test('inviting somebody with an account shows up in their app too, leading to a page without the token', async () => {
    const ada = await registered(messaging);
    await happen(messaging, 'invitation.sent', {
      invitationId: randomUUID(),
      organizationId: randomUUID(),
      organizationName: 'Navy',
      inviterName: 'Grace',
      role: 'ADMIN',
      email: ada.email,
      locale: 'en',
      sealedToken: seal('join-us'),
      expiresAt: inAnHour(),
      userId: ada.userId,
    });
    await messaging.drainEvents();
    const { notifications } = await messaging.queryData(
      `{ notifications(first: 1) { edges { node { title link } } } }`,
      {
        as: { sub: ada.userId },
      },
    );
    expect(notifications.edges[0].node).toEqual({ title: 'Invitation to Navy', link: '/invitations' });
    const mail = (await mailsTo(ada.email)).find(({ subject }) => subject === 'Grace invites you to Navy');
    expect(mail!.text).toContain('/invitations/accept#token=join-us');
  });

  test('is not sent any more once its token has expired', async () => {
    const ada = aPerson();
    await happen(messaging, 'password_reset.requested', { ...ada, sealedToken: seal('late'), expiresAt: inAnHour() });
    await messaging.drainEvents();
    messaging.clock.advance({ hours: 2 });
    expect(await mailsTo(ada.email)).toEqual([]);
    const [delivery] = await rows(messaging, `select status, error from notification_delivery where user_id = ?`, [
      ada.userId,
    ]);
    expect(delivery).toEqual({ status: 'SUPPRESSED', error: 'It expired before it could be sent.' });
  });

  test('about a new kind of device warns in the app and by mail; a known one warns nobody', async () => {
    const ada = await registered(messaging);
    const session = { userId: ada.userId, sessionId: randomUUID(), address: null, startedAt: '2026-03-29T01:30:00Z' };
    await happen(messaging, 'session.started', { ...session, device: 'Firefox on Linux', newDevice: true });
    await happen(messaging, 'session.started', { ...session, device: 'Safari on iOS', newDevice: false });
    await messaging.drainEvents();
    const subjects = (await mailsTo(ada.email)).map((mail) => mail.subject);
    expect(subjects.sort()).toEqual(['New sign-in to your account', 'Welcome, Ada']);
  });

  test('tells the owner of an address that somebody tried to register with it', async () => {
    const ada = await registered(messaging);
    await happen(messaging, 'user.registration_repeated', ada);
    await messaging.drainEvents();
    expect((await mailsTo(ada.email)).map((mail) => mail.subject)).toContain('You already have an account');
  });

  test('is for those who may read it only', async () => {
    const asked = await messaging.query(MAILBOX, { as: { sub: randomUUID(), scope: 'messaging:notify' } });
    expect(asked.errors[0]!.extensions.code).toBe('FORBIDDEN');
  });
});

test('There is no development mailbox once a mail server is configured', async () => {
  const messaging = await startMessaging({ SMTP_URL: 'smtp://127.0.0.1:1' });
  try {
    const asked = await messaging.query(MAILBOX, { as: { sub: randomUUID(), scope: 'messaging:mailbox.read' } });
    expect(asked.errors[0]!.extensions.code).toBe('NOT_FOUND');
  } finally {
    await messaging.stop();
  }
});

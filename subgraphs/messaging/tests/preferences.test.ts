import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { happen, joined, type Person, registered, rows, startMessaging, type TestMessaging } from './story.ts';

const SETTINGS = `{ notificationSettings {
  preferences { type channel enabled mandatory } quietHours { start end } digest timeZone
} }`;

describe('Notification settings', () => {
  const organizationId = randomUUID();
  let messaging: TestMessaging;
  let ada: Person;

  beforeAll(async () => {
    messaging = await startMessaging();
    ada = await registered(messaging, { timeZone: 'Europe/Zurich' });
    await joined(messaging, organizationId, ada);
  });

  afterAll(() => messaging.stop());

  const change = (mutation: string, inputType: string, input: object, person = ada) =>
    messaging.query(
      `mutation ($input: ${inputType}!) { ${mutation}(input: $input) { digest quietHours { start end } } }`,
      {
        variables: { input },
        as: { sub: person.userId },
      },
    );

  const choose = (...preferences: object[]) =>
    change('updateNotificationPreferences', 'UpdateNotificationPreferencesInput', { preferences });

  const beQuiet = (quietHours: object | null, person = ada) =>
    change('updateQuietHours', 'UpdateQuietHoursInput', { quietHours }, person);

  async function choiceOf(type: string, channel: string) {
    const { notificationSettings } = await messaging.queryData(SETTINGS, { as: { sub: ada.userId } });
    return notificationSettings.preferences.find(
      (entry: { type: string; channel: string }) => entry.type === type && entry.channel === channel,
    );
  }

  async function notifyOfLead(person: Person): Promise<void> {
    await messaging.queryData(
      `mutation ($input: SendNotificationInput!) { sendNotification(input: $input) { channels } }`,
      {
        variables: {
          input: {
            recipientId: person.userId,
            type: 'NEW_LEAD',
            variables: { leadName: 'Grace' },
            idempotencyKey: randomUUID(),
          },
        },
        as: { sub: randomUUID(), org: organizationId, scope: 'messaging:notify' },
      },
    );
  }

  /** When mail to somebody is due, and when its job may start at the earliest, if it has to wait. */
  async function mailDue(person: Person, type: string): Promise<{ dueAt: string; waits: boolean }> {
    const [row] = await rows<{ due_at: string; start_after: string; id: string }>(
      messaging,
      `select d.id, d.due_at, j.start_after from notification_delivery d
       join jobs_messaging.job j on j.singleton_key = d.id::text
       where d.user_id = ? and d.channel = 'EMAIL' and d.type = ? order by d.created_at desc limit 1`,
      [person.userId, type],
    );
    const dueAt = new Date(row!.due_at).toISOString();
    return { dueAt, waits: new Date(row!.start_after).toISOString() === dueAt };
  }

  test('begin with the defaults', async () => {
    const { notificationSettings } = await messaging.queryData(SETTINGS, { as: { sub: ada.userId } });
    expect(notificationSettings).toMatchObject({ quietHours: null, digest: 'WEEKLY', timeZone: 'Europe/Zurich' });
    expect(await choiceOf('NEW_LEAD', 'EMAIL')).toMatchObject({ enabled: true, mandatory: false });
    expect(await choiceOf('ANNOUNCEMENT', 'EMAIL')).toMatchObject({ enabled: false });
    expect(await choiceOf('PASSWORD_RESET', 'EMAIL')).toMatchObject({ enabled: true, mandatory: true });
    expect(await choiceOf('PASSWORD_RESET', 'IN_APP')).toBeUndefined();
  });

  test('remember a choice, and another one after it', async () => {
    await choose({ type: 'LOW_STOCK', channel: 'EMAIL', enabled: false });
    expect(await choiceOf('LOW_STOCK', 'EMAIL')).toMatchObject({ enabled: false });
    await choose({ type: 'LOW_STOCK', channel: 'EMAIL', enabled: true });
    expect(await choiceOf('LOW_STOCK', 'EMAIL')).toMatchObject({ enabled: true });
  });

  test.each(['PASSWORD_RESET', 'EMAIL_VERIFICATION', 'NEW_SIGN_IN', 'PASSWORD_CHANGED', 'REGISTRATION_REPEATED'])(
    'do not let anybody turn off mail about %s',
    async (type) => {
      const { errors } = await choose({ type, channel: 'EMAIL', enabled: false });
      expect(errors[0]!.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'input.preferences.0.enabled' }],
      });
    },
  );

  test('refuse a channel that a type does not come on', async () => {
    const { errors } = await choose({ type: 'PASSWORD_RESET', channel: 'WEB_PUSH', enabled: true });
    expect(errors[0]!.extensions.fields[0]!.path).toBe('input.preferences.0.channel');
  });

  test.each([
    [{ start: '25:00', end: '07:00' }, 'quietHours.start'],
    [{ start: '22:00', end: '7' }, 'quietHours.end'],
    [{ start: '22:00', end: '22:00' }, 'input.quietHours.end'],
  ])('refuse quiet hours %j', async (hours, path) => {
    const { errors } = await beQuiet(hours);
    expect(errors[0]!.extensions.fields[0]!.path).toBe(path);
  });

  test('hold mail back during quiet hours, by the local clock, across its change; the app is told at once', async () => {
    await beQuiet({ start: '22:00', end: '07:00' });
    // The night before the clocks go forward, as far ahead as the job has to wait for.
    const year = messaging.clock.now().getUTCFullYear() + 1;
    const lastOfMarch = new Date(Date.UTC(year, 2, 31));
    const changeDay = 31 - lastOfMarch.getUTCDay();
    messaging.clock.set(new Date(Date.UTC(year, 2, changeDay - 1, 22, 30)));
    await notifyOfLead(ada);
    expect(await mailDue(ada, 'NEW_LEAD')).toEqual({
      dueAt: new Date(Date.UTC(year, 2, changeDay, 5, 0)).toISOString(),
      waits: true,
    });
    const { notifications } = await messaging.queryData(`{ notifications(first: 1) { edges { node { title } } } }`, {
      as: { sub: ada.userId },
    });
    expect(notifications.edges[0].node.title).toBe('New lead: Grace');
  });

  test('do not hold back mail about the safety of the account', async () => {
    await happen(messaging, 'password.changed', { userId: ada.userId });
    await messaging.drainEvents();
    expect(await mailDue(ada, 'PASSWORD_CHANGED')).toEqual({
      dueAt: messaging.clock.now().toISOString(),
      waits: false,
    });
  });

  test('forget quiet hours that are removed', async () => {
    messaging.clock.advance({ minutes: 1 });
    expect((await beQuiet(null)).data.updateQuietHours.quietHours).toBeNull();
    await notifyOfLead(ada);
    expect((await mailDue(ada, 'NEW_LEAD')).waits).toBe(false);
  });

  test('are nobody else’s', async () => {
    const eve = await registered(messaging);
    await beQuiet({ start: '01:00', end: '02:00' }, eve);
    const { notificationSettings } = await messaging.queryData(SETTINGS, { as: { sub: ada.userId } });
    expect(notificationSettings.quietHours).toBeNull();
  });
});

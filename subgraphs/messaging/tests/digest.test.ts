import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { sendDigests } from '../src/digest/send-digests.ts';
import { purgeExpired } from '../src/retention/purge-expired.ts';
import { type Person, registered, rows, startMessaging, type TestMessaging } from './story.ts';

describe('Digests', () => {
  let messaging: TestMessaging;

  beforeAll(async () => {
    messaging = await startMessaging();
    // A Wednesday at noon.
    messaging.clock.set(new Date('2026-03-11T12:00:00Z'));
  });

  afterAll(() => messaging.stop());

  const run = () => messaging.runtime.asSystem(sendDigests);

  async function digestsOf(
    person: Person,
  ): Promise<{ unreadCount: number; items: { title: string }[]; since: string }[]> {
    const found = await rows<{ variables: never }>(
      messaging,
      `select content->'variables' as variables from notification_delivery
       where user_id = ? and type = 'WEEKLY_SUMMARY' order by created_at`,
      [person.userId],
    );
    return found.map((row) => row.variables);
  }

  async function choose(person: Person, digest: string): Promise<void> {
    await messaging.queryData(
      'mutation ($input: UpdateNotificationDigestInput!) { updateNotificationDigest(input: $input) { digest } }',
      { variables: { input: { digest } }, as: { sub: person.userId } },
    );
  }

  test('sum up on Monday morning what was not read in the week, in each one’s own time zone, once', async () => {
    const zurich = await registered(messaging, { timeZone: 'Europe/Zurich' });
    const tokyo = await registered(messaging, { timeZone: 'Asia/Tokyo' });
    await run();
    expect(await digestsOf(zurich)).toEqual([]);
    // Monday, eight in the morning in Tokyo and midnight in Zurich.
    messaging.clock.set(new Date('2026-03-15T23:00:00Z'));
    await run();
    expect(await digestsOf(tokyo)).toHaveLength(1);
    expect(await digestsOf(zurich)).toEqual([]);
    messaging.clock.set(new Date('2026-03-16T07:05:00Z'));
    await run();
    await run();
    expect(await digestsOf(tokyo)).toHaveLength(1);
    expect(await digestsOf(zurich)).toEqual([
      {
        since: '2026-03-09T07:00:00.000Z',
        unreadCount: 1,
        items: [{ title: 'Welcome, Ada', createdAt: '2026-03-11T12:00:00Z' }],
      },
    ]);
  });

  test('that were missed are made up for later in the week', async () => {
    messaging.clock.set(new Date('2026-03-25T12:00:00Z'));
    const ada = await registered(messaging);
    messaging.clock.set(new Date('2026-04-01T18:00:00Z'));
    await run();
    expect(await digestsOf(ada)).toHaveLength(1);
  });

  test('come every day to whoever wants that, and never to whoever wants none', async () => {
    messaging.clock.set(new Date('2026-04-07T12:00:00Z'));
    const [daily, none] = [await registered(messaging), await registered(messaging)];
    await choose(daily, 'DAILY');
    await choose(none, 'NONE');
    for (const day of ['2026-04-08', '2026-04-09', '2026-04-13']) {
      messaging.clock.set(new Date(`${day}T09:00:00Z`));
      await run();
    }
    // The welcome is a day's news once.
    expect(await digestsOf(daily)).toHaveLength(1);
    expect(await digestsOf(none)).toEqual([]);
  });

  test('are not sent about what was read', async () => {
    messaging.clock.set(new Date('2026-05-06T12:00:00Z'));
    const ada = await registered(messaging);
    await messaging.queryData('mutation { markAllNotificationsRead { markedCount } }', { as: { sub: ada.userId } });
    messaging.clock.set(new Date('2026-05-11T12:00:00Z'));
    await run();
    expect(await digestsOf(ada)).toEqual([]);
  });

  test('are written for people to read', async () => {
    messaging.clock.set(new Date('2026-06-03T12:00:00Z'));
    const ada = await registered(messaging);
    messaging.clock.set(new Date('2026-06-08T12:00:00Z'));
    await run();
    await messaging.runJobs();
    const { developmentMailbox } = await messaging.queryData(
      'query ($to: String) { developmentMailbox(to: $to) { edges { node { subject text } } } }',
      { variables: { to: ada.email }, as: { sub: randomUUID(), scope: 'messaging:mailbox.read' } },
    );
    const mails = developmentMailbox.edges.map((edge: { node: { subject: string; text: string } }) => edge.node);
    const digest = mails.find(({ subject }: { subject: string }) => subject.includes('unread'));
    expect(digest.subject).toMatch(/^1 unread since June 1, 2026 at 8:00\sAM$/);
    expect(digest.text).toContain('– Welcome, Ada, June 3, 2026');
  });
});

test('What is older than it is kept is deleted, and nothing else', async () => {
  const messaging = await startMessaging();
  try {
    const old = await registered(messaging);
    await messaging.runJobs();
    messaging.clock.advance({ days: 29 });
    const young = await registered(messaging);
    await messaging.runJobs();
    await messaging.runtime.asSystem(purgeExpired);
    const kept = () => rows(messaging, 'select user_id from notification order by created_at');
    expect(await kept()).toEqual([{ user_id: old.userId }, { user_id: young.userId }]);
    messaging.clock.advance({ days: 2 });
    await messaging.runtime.asSystem(purgeExpired);
    expect(await kept()).toEqual([{ user_id: young.userId }]);
    expect(await rows(messaging, 'select distinct user_id from notification_delivery')).toEqual([
      { user_id: young.userId },
    ]);
    expect(await rows(messaging, 'select recipient from email_message')).toEqual([{ recipient: young.email }]);
  } finally {
    await messaging.stop();
  }
});

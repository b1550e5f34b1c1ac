import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type Mail, type Mailer, MailNotAccepted } from '../src/email/mailer.ts';
import { EMAIL_RETRY_LIMIT } from '../src/email/deliver-email.ts';
import { createServices } from '../src/services.ts';
import { messaging as definition } from '../src/subgraph.ts';
import { happen, nextAttempt, type Person, registered, rows, startMessaging, type TestMessaging } from './story.ts';

/** A mail server that does what a test tells it. */
class ScriptedMailer implements Mailer {
  readonly sent: Mail[] = [];
  /** What happens to the next mails; an empty script accepts all. */
  script: (MailNotAccepted['kind'] | Error)[] = [];

  async send(mail: Mail): Promise<void> {
    const next = this.script.shift();
    if (next instanceof Error) throw next;
    if (next) throw new MailNotAccepted(next, `The mail server answered ${next}.`);
    this.sent.push(mail);
  }
}

describe('The delivery of a mail', () => {
  const mailer = new ScriptedMailer();
  let messaging: TestMessaging;
  let ada: Person;

  beforeAll(async () => {
    messaging = await startMessaging({}, { ...definition, services: (kernel) => createServices(kernel, { mailer }) });
  });

  afterAll(() => messaging.stop());

  beforeEach(async () => {
    mailer.sent.length = 0;
    mailer.script = [];
    ada = await registered(messaging);
  });

  async function delivery() {
    const [row] = await rows<{ id: string; status: string; attempts: number; error: string; content: object }>(
      messaging,
      `select id, status, attempts, error, content from notification_delivery
       where user_id = ? and channel = 'EMAIL' order by created_at desc limit 1`,
      [ada.userId],
    );
    return row!;
  }

  test('is tried again when it failed for now', async () => {
    mailer.script = ['temporary', 'temporary'];
    await messaging.runJobs();
    expect(await delivery()).toMatchObject({
      status: 'QUEUED',
      attempts: 1,
      error: 'The mail server answered temporary.',
    });
    await nextAttempt(messaging);
    await nextAttempt(messaging);
    expect(await delivery()).toMatchObject({ status: 'SENT', attempts: 3, error: null, content: null });
    expect(mailer.sent).toHaveLength(1);
  });

  test('is not tried again when it failed for good', async () => {
    mailer.script = ['permanent'];
    await messaging.runJobs();
    await nextAttempt(messaging);
    expect(await delivery()).toMatchObject({ status: 'FAILED', attempts: 1 });
    expect(mailer.sent).toHaveLength(0);
  });

  test('that bounced is the last but for the safety of the account, until the address changes', async () => {
    mailer.script = ['bounced'];
    await messaging.runJobs();
    expect(await delivery()).toMatchObject({ status: 'BOUNCED' });
    const bounced = `select email_bounced_at is not null as bounced from recipient where user_id = ?`;
    expect(await rows(messaging, bounced, [ada.userId])).toEqual([{ bounced: true }]);
    messaging.clock.advance({ minutes: 1 });
    await happen(messaging, 'password.changed', { userId: ada.userId });
    await messaging.drainEvents();
    await messaging.runJobs();
    expect(mailer.sent.map((mail) => mail.subject)).toEqual(['Your password was changed']);
    await happen(messaging, 'user.profile_changed', { ...ada, email: `new-${ada.email}` });
    await messaging.drainEvents();
    expect(await rows(messaging, bounced, [ada.userId])).toEqual([{ bounced: false }]);
  });

  test('is handed over once, also when its job runs twice at the same time', async () => {
    const { id } = await delivery();
    await rows(
      messaging,
      `insert into jobs_messaging.job (name, data, singleton_key, policy, retry_limit, expire_seconds, dead_letter)
       select name, data, singleton_key || '-copy', policy, retry_limit, expire_seconds, dead_letter
       from jobs_messaging.job where singleton_key = ? returning 1`,
      [id],
    );
    await Promise.all([messaging.runJobs(), messaging.runJobs()]);
    expect(mailer.sent).toHaveLength(1);
  });

  test('left in hand by a process that died is taken up again, under the same message id', async () => {
    mailer.script = [new Error('killed')];
    await messaging.runJobs();
    expect(await delivery()).toMatchObject({ status: 'SENDING', attempts: 1 });
    // Too early: it might still be alive.
    await nextAttempt(messaging);
    expect(mailer.sent).toHaveLength(0);
    messaging.clock.advance({ minutes: 2 });
    await nextAttempt(messaging);
    expect(await delivery()).toMatchObject({ status: 'SENT', attempts: 2 });
    expect(mailer.sent[0]!.messageId).toBe(`<${(await delivery()).id}@app.example.com>`);
  });

  test('that failed in all attempts is given up, and can be tried again by an operator', async () => {
    mailer.script = Array.from({ length: EMAIL_RETRY_LIMIT + 1 }, () => 'temporary' as const);
    await messaging.runJobs();
    for (let attempt = 0; attempt < EMAIL_RETRY_LIMIT; attempt += 1) await nextAttempt(messaging);
    const failed = await delivery();
    expect(failed).toMatchObject({ status: 'FAILED', attempts: EMAIL_RETRY_LIMIT + 1 });
    const retry = `mutation ($input: RetryNotificationDeliveryInput!) { retryNotificationDelivery(input: $input) { status } }`;
    const input = { id: failed.id };
    const refused = await messaging.query(retry, { variables: { input }, as: { sub: ada.userId } });
    expect(refused.errors[0]!.extensions.code).toBe('FORBIDDEN');
    const operator = { sub: randomUUID(), scope: 'platform:operate' };
    const { retryNotificationDelivery } = await messaging.queryData(retry, { variables: { input }, as: operator });
    expect(retryNotificationDelivery.status).toBe('QUEUED');
    await messaging.runJobs();
    expect(mailer.sent).toHaveLength(1);
    const again = await messaging.query(retry, { variables: { input }, as: operator });
    expect(again.errors[0]!.extensions).toMatchObject({ code: 'ILLEGAL_TRANSITION', from: 'SENT', to: 'QUEUED' });
  });

  test('is in the history that operators see', async () => {
    await messaging.runJobs();
    const { notificationDeliveries } = await messaging.queryData(
      `query ($filter: NotificationDeliveryFilter) {
        notificationDeliveries(filter: $filter) { totalCount edges { node { status type user { id } } } }
      }`,
      {
        variables: { filter: { userId: ada.userId, channel: 'EMAIL' } },
        as: { sub: randomUUID(), scope: 'platform:operate' },
      },
    );
    expect(notificationDeliveries).toEqual({
      totalCount: 1,
      edges: [{ node: { status: 'SENT', type: 'WELCOME', user: { id: ada.userId } } }],
    });
  });
});

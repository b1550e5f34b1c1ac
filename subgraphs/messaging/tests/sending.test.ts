import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { happen, joined, type Person, registered, rows, startMessaging, type TestMessaging } from './story.ts';

const SEND = `mutation ($input: SendNotificationInput!) { sendNotification(input: $input) { notificationId channels } }`;

describe('sendNotification', () => {
  const organizationId = randomUUID();
  let messaging: TestMessaging;
  let ada: Person;
  let sender: object;

  beforeAll(async () => {
    messaging = await startMessaging();
    ada = await registered(messaging);
    await joined(messaging, organizationId, ada);
    sender = { sub: randomUUID(), org: organizationId, scope: 'messaging:notify' };
  });

  afterAll(() => messaging.stop());

  const aLead = (details: object = {}) => ({
    recipientId: ada.userId,
    type: 'NEW_LEAD',
    variables: { leadName: 'Grace', company: 'Navy' },
    link: '/leads/1',
    idempotencyKey: randomUUID(),
    ...details,
  });

  const send = (input: object, as: object = sender) => messaging.query(SEND, { variables: { input }, as: as as never });

  async function fieldsRefused(details: object): Promise<string[]> {
    const { errors } = await send(aLead(details));
    expect(errors[0]!.extensions.code).toBe('BAD_USER_INPUT');
    return errors[0]!.extensions.fields.map((field: { path: string }) => field.path);
  }

  test('tells a member of the organization, in words of the type', async () => {
    const { data } = await send(aLead({ data: { leadId: 7 } }));
    expect(data.sendNotification.channels).toEqual(['IN_APP', 'EMAIL']);
    const { notification } = await messaging.queryData(
      `query ($id: ID!) { notification(id: $id) { title body link type data organizationId } }`,
      { variables: { id: data.sendNotification.notificationId }, as: { sub: ada.userId } },
    );
    expect(notification).toEqual({
      title: 'New lead: Grace',
      body: 'Navy.',
      link: '/leads/1',
      type: 'NEW_LEAD',
      data: { leadId: 7 },
      organizationId,
    });
  });

  test('goes out on no other channel than the sender wants', async () => {
    const { data } = await send(aLead({ channels: ['IN_APP'] }));
    expect(data.sendNotification.channels).toEqual(['IN_APP']);
  });

  test('sends once under one key, also when two ask at the same time', async () => {
    const input = aLead();
    const answers = await Promise.all([send(input), send(input), send(input)]);
    answers.push(await send(input));
    const ids = new Set(answers.map((answer) => answer.data.sendNotification.notificationId));
    expect(ids.size).toBe(1);
    const found = await rows(messaging, `select id from notification where id = any(?::uuid[])`, [
      `{${[...ids].join()}}`,
    ]);
    expect(found).toHaveLength(1);
  });

  test('refuses a key that was used for something else', async () => {
    const input = aLead();
    await send(input);
    const { errors } = await send({ ...input, variables: { leadName: 'Mary' } });
    expect(errors[0]!.extensions.code).toBe('IDEMPOTENCY_CONFLICT');
  });

  test('needs the permission, and an organization', async () => {
    const { errors } = await send(aLead(), { ...sender, scope: 'messaging:read' });
    expect(errors[0]!.extensions.code).toBe('FORBIDDEN');
    const alone = await send(aLead(), { sub: randomUUID(), scope: 'messaging:notify' });
    expect(alone.errors[0]!.extensions.code).toBe('FORBIDDEN');
    const stranger = await messaging.query(SEND, { variables: { input: aLead() } });
    expect(stranger.errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
  });

  test('does not find anybody outside of the organization, whether they exist or not', async () => {
    const outsider = await registered(messaging);
    const former = await registered(messaging);
    await joined(messaging, organizationId, former);
    await happen(messaging, 'member.removed', { organizationId, userId: former.userId });
    await messaging.drainEvents();
    for (const recipientId of [outsider.userId, former.userId, randomUUID(), 'not-an-id']) {
      const { errors } = await send(aLead({ recipientId }));
      expect(errors[0]).toMatchObject({ message: 'Recipient not found.', extensions: { code: 'NOT_FOUND' } });
    }
  });

  test.each(['PASSWORD_RESET', 'EMAIL_VERIFICATION', 'NEW_SIGN_IN', 'WELCOME', 'INVITATION', 'ANNOUNCEMENT'])(
    'cannot imitate the product with %s',
    async (type) => expect(await fieldsRefused({ type, variables: {} })).toEqual(['input.type']),
  );

  test('says which variables are missing, wrong or unknown', async () => {
    expect(await fieldsRefused({ variables: { company: 5, secret: 'x' } })).toEqual([
      'input.variables.secret',
      'input.variables.leadName',
      'input.variables.company',
    ]);
    expect(await fieldsRefused({ variables: 'x' })).toEqual(['input.variables']);
    expect(await fieldsRefused({ data: { long: 'x'.repeat(4_000) } })).toEqual(['input.data']);
    expect(await fieldsRefused({ data: [1] })).toEqual(['input.data']);
  });

  test('leads nowhere that a browser would run', async () => {
    expect(await fieldsRefused({ link: 'javascript:alert(1)' })).toEqual(['link']);
  });

  test('sends nothing to somebody who wants it nowhere', async () => {
    const quiet = await registered(messaging);
    await joined(messaging, organizationId, quiet);
    await messaging.queryData(
      `mutation ($input: UpdateNotificationPreferencesInput!) {
        updateNotificationPreferences(input: $input) { digest }
      }`,
      {
        variables: {
          input: {
            preferences: ['IN_APP', 'EMAIL', 'WEB_PUSH'].map((channel) => ({
              type: 'NEW_LEAD',
              channel,
              enabled: false,
            })),
          },
        },
        as: { sub: quiet.userId },
      },
    );
    const { data } = await send(aLead({ recipientId: quiet.userId }));
    expect(data.sendNotification).toEqual({ notificationId: null, channels: [] });
  });
});

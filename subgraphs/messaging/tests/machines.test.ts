import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestClaims } from '@supergraph/testkit';
import { type Person, registered, rows, startMessaging, type TestMessaging } from './story.ts';

const ENTITY = `query ($references: [_Any!]!) { _entities(representations: $references) { __typename } }`;

describe('A machine with an API key', () => {
  let messaging: TestMessaging;
  let ada: Person;
  let machine: TestClaims;

  beforeAll(async () => {
    messaging = await startMessaging();
    ada = await registered(messaging);
    machine = { sub: ada.userId, org: randomUUID(), scope: 'messaging:broadcast', sid: undefined };
  });

  afterAll(() => messaging.stop());

  test.each([
    '{ notifications { totalCount } }',
    '{ unreadNotificationCount }',
    '{ notificationSettings { timeZone } }',
    '{ pushSubscriptions { id } }',
    `{ notification(id: "${randomUUID()}") { id } }`,
    'mutation { markAllNotificationsRead { __typename } }',
    'mutation { updateQuietHours(input: {}) { timeZone } }',
    'mutation { updateNotificationDigest(input: { digest: DAILY }) { digest } }',
    `mutation { archiveNotifications(input: { ids: ["${randomUUID()}"] }) { __typename } }`,
  ])('has no business with what is its maker’s own: %s', async (document) => {
    const { errors } = await messaging.query(document, { as: machine });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });

  test('finds nothing of its maker’s by id either', async () => {
    const [{ id }] = (await rows<{ id: string }>(messaging, 'select id from notification where user_id = ?', [
      ada.userId,
    ])) as [{ id: string }];
    const variables = { references: [{ __typename: 'Notification', id }] };
    const person = { ...machine, sid: randomUUID() };
    expect((await messaging.query(ENTITY, { variables, as: person })).data._entities).toEqual([
      { __typename: 'Notification' },
    ]);
    expect((await messaging.query(ENTITY, { variables, as: machine })).data._entities).toEqual([null]);
  });

  test('does for its organization what its key is for', async () => {
    const { errors } = await messaging.query('{ broadcasts { totalCount } }', { as: machine });
    expect(errors).toEqual([]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { happen, type Person, registered, startMessaging, type TestMessaging } from './story.ts';

const LIST = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: NotificationFilter) {
  notifications(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
    edges { cursor node { id title type } } totalCount pageInfo { hasNextPage hasPreviousPage }
  }
}`;

interface Listed {
  notifications: {
    edges: { cursor: string; node: { id: string; title: string; type: string } }[];
    totalCount: number;
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean };
  };
}

describe('The list of notifications', () => {
  let messaging: TestMessaging;
  let ada: Person;

  beforeAll(async () => {
    messaging = await startMessaging();
  });

  afterAll(() => messaging.stop());

  beforeEach(async () => {
    ada = await registered(messaging);
  });

  /** Ada signs in with these devices, one after the other, and is told of each. */
  async function signedInWith(...devices: string[]): Promise<void> {
    for (const device of devices) {
      await happen(messaging, 'session.started', {
        userId: ada.userId,
        sessionId: randomUUID(),
        device,
        address: '203.0.113.7',
        newDevice: true,
        startedAt: messaging.clock.now().toISOString(),
      });
      await messaging.drainEvents();
    }
  }

  async function list(variables: object = {}, sub = ada.userId): Promise<Listed['notifications']> {
    return (await messaging.queryData(LIST, { variables, as: { sub } })).notifications;
  }

  const titles = (page: Listed['notifications']) => page.edges.map((edge) => edge.node.title);

  async function change(mutation: string, ids: string[], sub = ada.userId) {
    return messaging.query(
      `mutation ($input: NotificationIdsInput!) {
        ${mutation}(input: $input) { notifications { id readAt archivedAt } unreadNotificationCount }
      }`,
      { variables: { input: { ids } }, as: { sub } },
    );
  }

  test('shows the newest first', async () => {
    await signedInWith('Firefox', 'Safari');
    expect(titles(await list())).toEqual(['New sign-in: Safari', 'New sign-in: Firefox', 'Welcome, Ada']);
  });

  test('goes on after a cursor, to the end', async () => {
    await signedInWith('Firefox', 'Safari');
    const first = await list({ first: 2 });
    expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    const second = await list({ first: 2, after: first.edges[1]!.cursor });
    expect(titles(second)).toEqual(['Welcome, Ada']);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });

  test('lets a client that was away read all that it missed, from the newest it has', async () => {
    const newest = (await list()).edges[0]!.cursor;
    await signedInWith('A', 'B', 'C');
    const missed = await list({ last: 2, before: newest });
    expect(titles(missed)).toEqual(['New sign-in: B', 'New sign-in: A']);
    expect(missed.pageInfo.hasPreviousPage).toBe(true);
    const rest = await list({ last: 2, before: missed.edges[0]!.cursor });
    expect(titles(rest)).toEqual(['New sign-in: C']);
    expect(rest.pageInfo.hasPreviousPage).toBe(false);
  });

  test('can be narrowed to what is unread, and to some types', async () => {
    await signedInWith('Firefox');
    const [newest] = (await list()).edges;
    await change('markNotificationsRead', [newest!.node.id]);
    expect(titles(await list({ filter: { unreadOnly: true } }))).toEqual(['Welcome, Ada']);
    expect(titles(await list({ filter: { types: ['NEW_SIGN_IN'] } }))).toEqual(['New sign-in: Firefox']);
  });

  test('counts what is unread, as it is read and unread again', async () => {
    await signedInWith('Firefox');
    const ids = (await list()).edges.map((edge) => edge.node.id);
    const read = await change('markNotificationsRead', ids);
    expect(read.data.markNotificationsRead.unreadNotificationCount).toBe(0);
    expect(read.data.markNotificationsRead.notifications.map((row: { id: string }) => row.id)).toEqual(ids);
    const unread = await change('markNotificationsUnread', [ids[0]!]);
    expect(unread.data.markNotificationsUnread).toMatchObject({
      notifications: [{ id: ids[0], readAt: null }],
      unreadNotificationCount: 1,
    });
  });

  test('keeps the first time at which something was read', async () => {
    const [{ node }] = (await list()).edges as [Listed['notifications']['edges'][0]];
    const first = await change('markNotificationsRead', [node.id]);
    messaging.clock.advance({ minutes: 5 });
    const second = await change('markNotificationsRead', [node.id]);
    expect(second.data.markNotificationsRead.notifications).toEqual(first.data.markNotificationsRead.notifications);
  });

  test('can be read all at once', async () => {
    await signedInWith('Firefox', 'Safari');
    const { markAllNotificationsRead } = await messaging.queryData(
      `mutation { markAllNotificationsRead { markedCount unreadNotificationCount } }`,
      { as: { sub: ada.userId } },
    );
    expect(markAllNotificationsRead).toEqual({ markedCount: 3, unreadNotificationCount: 0 });
  });

  test('lets things be put away and taken back as they were', async () => {
    const [{ node }] = (await list()).edges as [Listed['notifications']['edges'][0]];
    const archived = await change('archiveNotifications', [node.id]);
    expect(archived.data.archiveNotifications.unreadNotificationCount).toBe(0);
    expect(titles(await list())).toEqual([]);
    expect(titles(await list({ filter: { archived: true } }))).toEqual(['Welcome, Ada']);
    const restored = await change('restoreNotifications', [node.id]);
    expect(restored.data.restoreNotifications).toMatchObject({
      notifications: [{ archivedAt: null, readAt: null }],
      unreadNotificationCount: 1,
    });
  });

  test('is nobody else’s: to others its notifications do not exist', async () => {
    const [{ node }] = (await list()).edges as [Listed['notifications']['edges'][0]];
    const eve = await registered(messaging);
    expect(titles(await list({}, eve.userId))).toEqual(['Welcome, Ada']);
    for (const mutation of [
      'markNotificationsRead',
      'markNotificationsUnread',
      'archiveNotifications',
      'restoreNotifications',
    ]) {
      const { errors } = await change(mutation, [node.id], eve.userId);
      expect(errors[0]!.extensions.code).toBe('NOT_FOUND');
    }
    const { notification } = await messaging.queryData(`query ($id: ID!) { notification(id: $id) { id } }`, {
      variables: { id: node.id },
      as: { sub: eve.userId },
    });
    expect(notification).toBeNull();
  });

  test.each(['not-an-id', randomUUID()])('does not know %s', async (id) => {
    expect((await change('markNotificationsRead', [id])).errors[0]!.extensions.code).toBe('NOT_FOUND');
  });

  test('takes at most a hundred at once', async () => {
    const ids = Array.from({ length: 101 }, () => randomUUID());
    const { errors } = await change('markNotificationsRead', ids);
    expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'ids' }] });
  });

  test.each(['{ notifications { totalCount } }', '{ unreadNotificationCount }', '{ notificationSettings { digest } }'])(
    'answers a stranger who asks %s with UNAUTHENTICATED',
    async (document) => {
      expect((await messaging.query(document)).errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
    },
  );

  test('says how each notification went out', async () => {
    await messaging.runJobs();
    const { notifications } = await messaging.queryData(
      `{ notifications { edges { node { deliveries { channel status attempts error finishedAt } } } } }`,
      { as: { sub: ada.userId } },
    );
    const finishedAt = expect.any(String);
    expect(notifications.edges[0].node.deliveries).toEqual(
      expect.arrayContaining([
        { channel: 'IN_APP', status: 'SENT', attempts: 1, error: null, finishedAt },
        { channel: 'EMAIL', status: 'SENT', attempts: 1, error: null, finishedAt },
      ]),
    );
  });
});

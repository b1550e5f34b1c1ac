import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createLoaders } from '../src/context.ts';
import { happen, type Person, registered, rows, startMessaging, type TestMessaging } from './story.ts';

const ENTITIES = `query ($references: [_Any!]!) { _entities(representations: $references) {
  __typename
  ... on Notification { id } ... on NotificationDelivery { id } ... on NotificationTemplate { id }
  ... on PushSubscription { id } ... on EmailMessage { id } ... on Broadcast { id }
  ... on User { id notifications(first: 2) { totalCount edges { node { title } } } unreadNotificationCount }
} }`;

/** Every type other subgraphs may refer to: where 20 of its ids are, of rows that the caller may see. */
const SOURCES = {
  Notification: 'select id from notification where user_id = ?',
  NotificationDelivery: 'select id from notification_delivery where user_id = ?',
  NotificationTemplate: 'select id from notification_template where ?::uuid is not null limit 20',
  PushSubscription: 'select id from push_subscription where user_id = ?',
  EmailMessage: 'select id from email_message where ?::uuid is not null limit 20',
  Broadcast: 'select id from broadcast where created_by = ?',
} as const;

describe('References from other subgraphs', () => {
  const organizationId = randomUUID();
  let messaging: TestMessaging;
  let ada: Person;
  let claims: { sub: string; org: string; scope: string; roles: string[] };

  beforeAll(async () => {
    messaging = await startMessaging();
    ada = await registered(messaging);
    for (let count = 0; count < 20; count += 1) await happen(messaging, 'password.changed', { userId: ada.userId });
    await messaging.drainEvents();
    await messaging.runJobs();
    await rows(
      messaging,
      `insert into push_subscription (id, user_id, endpoint, p256dh, auth, created_at)
       select gen_random_uuid(), ?, 'https://push.example.com/' || n, 'x', 'x', now() from generate_series(1, 20) n returning 1`,
      [ada.userId],
    );
    await rows(
      messaging,
      `insert into broadcast (id, organization_id, created_by, audience, title, body, state, total_count, created_at)
       select gen_random_uuid(), ?, ?, 'ORGANIZATION', 'x', 'x', 'PENDING', 0, now() from generate_series(1, 20) returning 1`,
      [organizationId, ada.userId],
    );
    const scope = 'messaging:templates.write messaging:mailbox.read messaging:broadcast';
    claims = { sub: ada.userId, org: organizationId, scope, roles: [] };
  });

  afterAll(() => messaging.stop());

  const resolve = async (references: object[], as: object = claims): Promise<({ id: string } | null)[]> =>
    (await messaging.queryData(ENTITIES, { variables: { references }, as: as as never }))._entities;

  describe.each(Object.entries(SOURCES))('to %s', (__typename, sql) => {
    let ids: string[];

    beforeAll(async () => {
      ids = (await rows<{ id: string }>(messaging, sql, [ada.userId])).map((row) => row.id).slice(0, 20);
    });

    const referTo = (some: string[]) => some.map((id) => ({ __typename, id }));

    test('cost as many statements for 20 as for 2, and keep their order', async () => {
      const two = await messaging.sql.during(() => resolve(referTo(ids.slice(0, 2))));
      const shuffled = [...ids].reverse();
      expect(shuffled).toHaveLength(20);
      let found: ({ id: string } | null)[] = [];
      const twenty = await messaging.sql.during(async () => {
        found = await resolve(referTo(shuffled));
      });
      expect(twenty).toBe(two);
      expect(found.map((entity) => entity?.id)).toEqual(shuffled);
    });

    test('may repeat, and are null where there is nothing', async () => {
      const [first] = ids as [string];
      const found = await resolve(referTo([first, randomUUID(), first, 'not-an-id']));
      expect(found.map((entity) => entity?.id)).toEqual([first, undefined, first, undefined]);
    });

    test('are null for somebody else', async () => {
      const stranger = { sub: randomUUID(), org: randomUUID(), scope: 'messaging:broadcast' };
      expect(await resolve(referTo(ids.slice(0, 2)), stranger)).toEqual([null, null]);
    });
  });

  describe('to User', () => {
    let people: Person[];

    beforeAll(async () => {
      people = [];
      for (let count = 0; count < 50; count += 1) people.push(await registered(messaging, { name: `P${count}` }));
    });

    const referTo = (some: Person[]) => some.map(({ userId: id }) => ({ __typename: 'User', id }));

    test('carry what the caller was told, and FORBIDDEN for everybody else', async () => {
      const { data, errors } = await messaging.query(ENTITIES, {
        variables: { references: referTo([people[0]!, people[1]!]) },
        as: { sub: people[0]!.userId },
      });
      const nothing = { notifications: null, unreadNotificationCount: null };
      expect(data._entities).toMatchObject([{ unreadNotificationCount: 1 }, nothing]);
      const refusals = errors.map(({ path, extensions }) => `${path.join('.')} ${extensions.code}`);
      expect(refusals.sort()).toEqual([
        '_entities.1.notifications FORBIDDEN',
        '_entities.1.unreadNotificationCount FORBIDDEN',
      ]);
    });

    test('cost as many statements for 50 people as for one', async () => {
      const costs = [];
      for (const some of [people.slice(0, 1), people]) {
        costs.push(await messaging.sql.during(() => readAsSystem(some)));
      }
      expect(costs[1]).toBe(costs[0]);
      expect(costs[0]).toBe(3);
      const read = await readAsSystem(people);
      expect(read).toEqual(people.map(({ name }) => ({ titles: [`Welcome, ${name}`], total: 1, unread: 1 })));
    });

    /** The lists of many people at once: a sight that only the system has. */
    function readAsSystem(some: Person[]): Promise<object[]> {
      return messaging.runtime.asSystem(async (work) => {
        const loaders = createLoaders(work);
        return Promise.all(
          some.map(async ({ userId }) => {
            const page = await loaders.notificationsOfUser.load(userId, { first: 2 });
            const titles = page.edges.map(({ node }) => node.title);
            return { titles, total: await page.count(), unread: await loaders.unreadCountOfUser.load(userId) };
          }),
        );
      });
    }
  });
});

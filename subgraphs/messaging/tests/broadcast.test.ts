import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { runBroadcast } from '../src/broadcast/run-broadcast.ts';
import { joined, type Person, registered, rows, startMessaging, type TestMessaging } from './story.ts';

const START = `mutation ($input: BroadcastNotificationInput!) { broadcastNotification(input: $input) { id state totalCount } }`;
const PROGRESS = `query ($id: ID!) { broadcast(id: $id) { state totalCount notifiedCount skippedCount startedAt endedAt } }`;

describe('A broadcast', () => {
  const organizationId = randomUUID();
  const admin = { sub: randomUUID(), org: organizationId, scope: 'messaging:broadcast' };
  let messaging: TestMessaging;

  beforeAll(async () => {
    messaging = await startMessaging();
    // 450 people, for three chunks; put there at once, because it is not their registration that is tested here.
    await rows(
      messaging,
      `with people as (
         insert into recipient (user_id, email, name, profile_as_of)
         select gen_random_uuid(), 'p' || n || '@example.com', 'P' || n, now() from generate_series(1, 450) n
         returning user_id
       )
       insert into recipient_organization (organization_id, user_id, role, member, as_of)
       select ?, user_id, 'AGENT', true, now() from people returning 1`,
      [organizationId],
    );
  });

  afterAll(() => messaging.stop());

  const toOrganization = (details: object = {}) => ({
    audience: { kind: 'ORGANIZATION' },
    title: 'Closed on Friday',
    body: 'The office is closed.',
    idempotencyKey: randomUUID(),
    ...details,
  });

  const start = (input: object, as: object = admin) =>
    messaging.query(START, { variables: { input }, as: as as never });

  async function started(input = toOrganization()): Promise<string> {
    return (await start(input)).data.broadcastNotification.id;
  }

  async function progressOf(id: string) {
    return (await messaging.queryData(PROGRESS, { variables: { id }, as: admin })).broadcast;
  }

  /** How many people were told, and how many notifications that made. */
  async function told(id: string): Promise<{ people: number; notifications: number }> {
    const [row] = await rows<{ people: number; notifications: number }>(
      messaging,
      `select count(distinct user_id)::integer as people, count(*)::integer as notifications
       from notification where source = ?`,
      [`broadcast:${id}`],
    );
    return row!;
  }

  test('tells everybody in the organization, once, and nobody else', async () => {
    const outsider = await registered(messaging);
    const id = await started();
    expect(await progressOf(id)).toMatchObject({ state: 'PENDING', totalCount: 450, notifiedCount: 0 });
    await messaging.runJobs();
    expect(await progressOf(id)).toMatchObject({ state: 'FINISHED', notifiedCount: 450, skippedCount: 0 });
    expect(await told(id)).toEqual({ people: 450, notifications: 450 });
    const { notifications } = await messaging.queryData('{ notifications { edges { node { title } } } }', {
      as: { sub: outsider.userId },
    });
    expect(notifications.edges.map((edge: { node: { title: string } }) => edge.node.title)).toEqual(['Welcome, Ada']);
  });

  test('goes on where it was when a chunk is torn away in the middle, and tells nobody twice', async () => {
    const id = await started();
    // The second chunk's transaction ends before its time, as when the process is killed: nothing of it stays.
    await asAdmin(`create sequence messaging.told; grant usage on sequence messaging.told to supergraph_messaging;
      create function messaging.die() returns trigger language plpgsql as $$
      begin
        if new.source = 'broadcast:${id}' and nextval('messaging.told') = 300 then
          raise exception 'killed';
        end if;
        return new;
      end $$;
      create trigger die before insert on messaging.notification for each row execute function messaging.die();`);
    await messaging.runJobs();
    expect(await told(id)).toEqual({ people: 200, notifications: 200 });
    expect(await progressOf(id)).toMatchObject({ state: 'RUNNING', notifiedCount: 200 });
    await asAdmin(`drop trigger die on messaging.notification; drop function messaging.die; drop sequence messaging.told;
      update jobs_messaging.job set start_after = now() where name = 'run-broadcast' and state = 'retry';`);
    await messaging.runJobs();
    expect(await told(id)).toEqual({ people: 450, notifications: 450 });
    expect(await progressOf(id)).toMatchObject({ state: 'FINISHED', notifiedCount: 450 });
  });

  test('tells a chunk once, when its job runs again after the next one was asked for', async () => {
    const id = await started();
    const chunk = { broadcastId: id, after: null };
    for (let runs = 0; runs < 2; runs += 1) await messaging.runtime.asSystem((work) => runBroadcast(work, chunk));
    expect(await told(id)).toEqual({ people: 200, notifications: 200 });
    expect(await progressOf(id)).toMatchObject({ state: 'RUNNING', notifiedCount: 200 });
    await messaging.runJobs();
    expect(await told(id)).toEqual({ people: 450, notifications: 450 });
    expect(await progressOf(id)).toMatchObject({ state: 'FINISHED', notifiedCount: 450 });
  });

  test('can be cancelled, and then tells nobody more', async () => {
    const id = await started();
    const cancel = `mutation ($input: CancelBroadcastInput!) { cancelBroadcast(input: $input) { state } }`;
    const { cancelBroadcast } = await messaging.queryData(cancel, { variables: { input: { id } }, as: admin });
    expect(cancelBroadcast.state).toBe('CANCELLED');
    await messaging.runJobs();
    expect(await told(id)).toEqual({ people: 0, notifications: 0 });
    const again = await messaging.query(cancel, { variables: { input: { id } }, as: admin });
    expect(again.errors[0]!.extensions).toMatchObject({ code: 'ILLEGAL_TRANSITION', from: 'CANCELLED' });
  });

  test('starts once under one key', async () => {
    const input = toOrganization();
    const answers = await Promise.all([start(input), start(input)]);
    expect(answers[0].data.broadcastNotification.id).toBe(answers[1].data.broadcastNotification.id);
    const other = await start({ ...input, title: 'Something else' });
    expect(other.errors[0]!.extensions.code).toBe('IDEMPOTENCY_CONFLICT');
  });

  test('to a role reaches those who have it, and counts who does not want it', async () => {
    const owner = await registered(messaging, { name: 'Owner' });
    const unwilling = await registered(messaging, { name: 'Unwilling' });
    for (const person of [owner, unwilling]) await joined(messaging, organizationId, person, 'OWNER');
    await refuseAnnouncements(unwilling);
    const id = await started(toOrganization({ audience: { kind: 'ROLE', role: 'OWNER' } }));
    await messaging.runJobs();
    expect(await progressOf(id)).toMatchObject({ totalCount: 2, notifiedCount: 1, skippedCount: 1 });
  });

  test('to the whole platform is for its administrators', async () => {
    const everybody = toOrganization({ audience: { kind: 'ALL' } });
    expect((await start(everybody)).errors[0]!.extensions.code).toBe('FORBIDDEN');
    const allowed = await start(everybody, { ...admin, roles: ['SUPER_ADMIN'] });
    expect(allowed.data.broadcastNotification.totalCount).toBeGreaterThan(450);
  });

  test('needs the permission', async () => {
    expect((await start(toOrganization(), { ...admin, scope: '' })).errors[0]!.extensions.code).toBe('FORBIDDEN');
  });

  test('is nothing that another organization can see or stop', async () => {
    const id = await started();
    const eve = { sub: randomUUID(), org: randomUUID(), scope: 'messaging:broadcast' };
    expect((await messaging.queryData(PROGRESS, { variables: { id }, as: eve })).broadcast).toBeNull();
    const { broadcasts } = await messaging.queryData('{ broadcasts { totalCount edges { node { id } } } }', {
      as: eve,
    });
    expect(broadcasts).toEqual({ totalCount: 0, edges: [] });
    const cancelled = await messaging.query(
      `mutation ($input: CancelBroadcastInput!) { cancelBroadcast(input: $input) { id } }`,
      { variables: { input: { id } }, as: eve },
    );
    expect(cancelled.errors[0]!.extensions.code).toBe('NOT_FOUND');
  });

  async function refuseAnnouncements(person: Person): Promise<void> {
    const preferences = ['IN_APP', 'WEB_PUSH'].map((channel) => ({ type: 'ANNOUNCEMENT', channel, enabled: false }));
    await messaging.queryData(
      `mutation ($input: UpdateNotificationPreferencesInput!) { updateNotificationPreferences(input: $input) { digest } }`,
      { variables: { input: { preferences } }, as: { sub: person.userId } },
    );
  }

  async function asAdmin(sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: messaging.database.url });
    await client.connect();
    await client.query(sql);
    await client.end();
  }
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { forgetExpired } from '../src/retention/forget-expired.ts';
import { purgeOrganizations } from '../src/retention/purge-organizations.ts';
import { eventsOf, newEmail, PASSWORD, startIdentity, type TestIdentity } from './support/identity.ts';
import { meanwhile } from './support/meanwhile.ts';
import { colleague, found, invite } from './support/organization.ts';
import { codeOf, member, type Person } from './support/person.ts';

let subgraph: TestIdentity;

beforeAll(async () => {
  subgraph = await startIdentity();
});

afterAll(() => subgraph.stop());

const asSystem = (run: Parameters<TestIdentity['running']['runtime']['asSystem']>[0]) =>
  subgraph.running.runtime.asSystem(run);
const purge = () => asSystem(purgeOrganizations);

async function rowsOf(sql: string, id: string): Promise<number> {
  return subgraph.running.runtime.asSystem(async ({ em }) => {
    const [row] = await em.execute<{ count: number }[]>(`select count(*)::integer as count from ${sql}`, [id]);
    return row!.count;
  });
}

/** In how many rows of each table an organization is still named. */
async function tracesOf(organizationId: string): Promise<Record<string, number>> {
  const counts = await Promise.all(
    ['membership', 'invitation', 'api_key', 'auth_session'].map(async (table) => [
      table,
      await rowsOf(`${table} where organization_id = ?`, organizationId),
    ]),
  );
  return { organization: await rowsOf('organization where id = ?', organizationId), ...Object.fromEntries(counts) };
}

const remove = (owner: Person, id: string) =>
  owner.data('mutation ($id: ID!) { deleteOrganization(id: $id) { id } }', { id });
const restore = (owner: Person, id: string) =>
  owner.query('mutation ($id: ID!) { restoreOrganization(id: $id) { id } }', { id });

/** An organization with a colleague, an open invitation and a key, which everybody there acts for. */
async function livelyOrganization() {
  const owner = await member(subgraph);
  const id = await found(owner);
  const { person } = await colleague(owner, 'ADMIN');
  await invite(owner, newEmail());
  const { errors } = await owner.query(
    'mutation { createApiKey(input: { name: "Import", scopes: ["crm:read"] }) { secret } }',
  );
  expect(errors).toBeUndefined();
  return { owner, person, id };
}

const EVERYTHING = { organization: 1, membership: 2, invitation: 2, api_key: 1, auth_session: 2 };
const NOTHING = { organization: 0, membership: 0, invitation: 0, api_key: 0, auth_session: 0 };

describe('a deleted organization', () => {
  test('is kept whole for 30 days and then erased, with members, invitations and keys', async () => {
    const { owner, person, id } = await livelyOrganization();
    const other = await livelyOrganization();
    await remove(owner, id);
    subgraph.clock.advance({ days: 29, hours: 23, minutes: 59 });
    await purge();
    expect(await tracesOf(id)).toEqual(EVERYTHING);

    subgraph.clock.advance({ minutes: 1 });
    await purge();
    expect(await tracesOf(id)).toEqual(NOTHING);
    expect(await tracesOf(other.id)).toEqual(EVERYTHING);
    const left = (await eventsOf(subgraph, 'member.removed')).filter((data) => data.organizationId === id);
    expect(left.map((data) => data.userId).sort()).toEqual([owner.id, person.id].sort());
    expect(await eventsOf(subgraph, 'organization.purged')).toContainEqual({ organizationId: id });

    const again = await owner.elsewhere();
    expect(codeOf(await restore(again, id))).toBe('NOT_FOUND');
    expect(await again.data('{ activeOrganization { isPersonal } }')).toEqual({
      activeOrganization: { isPersonal: true },
    });
  });

  test('that was restored in time is not erased', async () => {
    const { owner, id } = await livelyOrganization();
    await remove(owner, id);
    subgraph.clock.advance({ days: 29 });
    expect(codeOf(await restore(await owner.elsewhere(), id))).toBeUndefined();
    subgraph.clock.advance({ days: 2 });
    await purge();
    expect(await tracesOf(id)).toMatchObject({ organization: 1, membership: 2 });
  });

  test('that somebody is working on is left to the next run', async () => {
    const { owner, id } = await livelyOrganization();
    await remove(owner, id);
    subgraph.clock.advance({ days: 30 });
    const { purged } = await meanwhile(
      subgraph,
      (em) => em.execute('select from organization where id = ? for update', [id]),
      () => ({ purged: purge() }),
    );
    await purged;
    expect(await tracesOf(id)).toEqual(EVERYTHING);
    await Promise.all([purge(), purge()]);
    expect(await tracesOf(id)).toEqual(NOTHING);
    const announced = (await eventsOf(subgraph, 'organization.purged')).filter((data) => data.organizationId === id);
    expect(announced).toHaveLength(1);
  });

  test('that ended with its only member goes as well, the personal one too', async () => {
    const owner = await member(subgraph);
    const { activeOrganization } = await owner.data('{ activeOrganization { id } }');
    const id = await found(owner);
    await owner.data('mutation ($password: String!) { deleteAccount(input: { password: $password }) { id } }', {
      password: PASSWORD,
    });
    subgraph.clock.advance({ days: 30 });
    await purge();
    expect(await tracesOf(id)).toEqual(NOTHING);
    expect(await tracesOf(activeOrganization.id)).toEqual(NOTHING);
  });
});

test('the key of a repeatable operation is forgotten after a week', async () => {
  const owner = await member(subgraph);
  await found(owner);
  const key = `key of ${owner.id}`;
  await invite(owner, newEmail(), 'VIEWER', key);
  const kept = () => rowsOf('idempotency_key where key = ?', key);
  subgraph.clock.advance({ days: 7 });
  await asSystem(forgetExpired);
  expect(await kept()).toBe(1);
  subgraph.clock.advance({ seconds: 1 });
  await asSystem(forgetExpired);
  expect(await kept()).toBe(0);
});

test('attempts that no limit looks at any more are forgotten', async () => {
  const email = newEmail();
  await subgraph.client.query(`mutation ($input: LoginInput!) { login(input: $input) { __typename } }`, {
    variables: { input: { email, password: 'wrong password here' } },
  });
  const kept = () => rowsOf('attempt where expires_at <= ?', subgraph.clock.now().toISOString());
  subgraph.clock.advance({ hours: 1 });
  expect(await kept()).toBeGreaterThan(0);
  await asSystem(forgetExpired);
  expect(await kept()).toBe(0);
});

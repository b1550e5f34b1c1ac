import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { searchUsers } from '../src/administration/search-users.ts';
import { PlanName } from '../src/plan/plan-name.ts';
import { PlatformRole } from '../src/role/platform-role.ts';
import { eventsOf, newEmail, startIdentity, type TestIdentity } from './support/identity.ts';
import { putOnPlan, staff } from './support/organization.ts';
import { codeOf, LOGIN, member, newcomer, type Person, REFRESH } from './support/person.ts';
import { jwtDecode } from './support/token.ts';

let subgraph: TestIdentity;
let admin: Person;
let support: Person;

beforeAll(async () => {
  subgraph = await startIdentity();
  admin = await staff(subgraph);
  support = await staff(subgraph, PlatformRole.SUPPORT);
});

afterAll(() => subgraph.stop());

const SEARCH = `query ($first: Int, $after: String, $filter: UserFilter, $sort: [UserSort!]) {
  users(first: $first, after: $after, filter: $filter, sort: $sort) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { id name email status plan { name } } }
  }
}`;

const search = async (variables: object = {}) => (await support.data(SEARCH, variables as never)).users;

const idsOf = (page: { edges: { node: { id: string } }[] }) => page.edges.map(({ node }) => node.id);

describe('searching users', () => {
  test('finds them by any part of name or address, and by standing, role, plan and age', async () => {
    subgraph.clock.advance({ minutes: 1 });
    const from = subgraph.clock.now().toISOString();
    const zoe = await member(subgraph, newEmail('zoe_100%'));
    const yan = await newcomer(subgraph, newEmail('yan'));
    await putOnPlan(zoe, PlanName.PRO);
    subgraph.clock.advance({ minutes: 1 });
    const before = subgraph.clock.now().toISOString();
    const cases: [object, string[]][] = [
      [{ text: 'ZOE_1' }, [zoe.id]],
      [{ text: 'yan.' }, [yan.id]],
      [{ text: 'a_a' }, []],
      [{ statuses: ['PENDING'] }, [yan.id]],
      [{ platformRoles: ['SUPER_ADMIN'] }, [admin.id]],
      [{ platformRoles: ['SUPER_ADMIN', 'SUPPORT'] }, [support.id, admin.id]],
      [{ plans: ['PRO'] }, [zoe.id]],
      [{ plans: ['PRO', 'FREE'], createdFrom: from, createdBefore: before }, [zoe.id, yan.id]],
      [{ plans: ['FREE'], createdFrom: from }, [yan.id]],
      [{ createdFrom: from, createdBefore: from }, []],
      [{ plans: [] }, []],
      [{ text: "' or true --" }, []],
    ];
    for (const [filter, expected] of cases) {
      const page = await search({ filter });
      expect({ filter, ids: idsOf(page).sort() }).toEqual({ filter, ids: [...expected].sort() });
      expect(page.totalCount).toBe(expected.length);
    }
  });

  test('goes through all of them page by page, in the order that was asked for', async () => {
    const everybody = idsOf(await search({ first: 100, sort: ['NAME_DESC', 'CREATED_AT_ASC'] }));
    const seen: string[] = [];
    for (let after: string | undefined, more = true; more;) {
      const page = await search({ first: 2, after, sort: ['NAME_DESC', 'CREATED_AT_ASC'] });
      seen.push(...idsOf(page));
      after = page.pageInfo.endCursor;
      more = page.pageInfo.hasNextPage;
    }
    expect(seen).toEqual(everybody);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('costs the same for 1 and for 10 of them', async () => {
    for (let count = 0; count < 6; count += 1) await newcomer(subgraph);
    await search({ first: 1 });
    const one = await subgraph.sql.during(() => search({ first: 1 }));
    const ten = await subgraph.sql.during(async () => expect((await search({ first: 10 })).edges).toHaveLength(10));
    expect(ten).toBe(one);
  });

  test('is for staff only', async () => {
    const person = await member(subgraph);
    expect(codeOf(await person.query(SEARCH))).toBe('FORBIDDEN');
    expect(codeOf(await subgraph.client.query(SEARCH))).toBe('UNAUTHENTICATED');
    expect(codeOf(await support.query(SEARCH, { filter: { text: 'x' } }))).toBe('BAD_USER_INPUT');
  });

  test('reads the index instead of every user', async () => {
    await using crowded = await startIdentity();
    const { runtime } = crowded.running;
    await runtime.asSystem(async ({ em }) => {
      await em.execute(
        `insert into user_account (id, email, email_verified_at, name, locale, time_zone, persona, platform_role, status, created_at, updated_at)
         select gen_random_uuid(), md5(n::text) || '@example.com', now(), 'User ' || n, 'en', 'UTC', 'CUSTOMER', 'MEMBER', 'ACTIVE', now() - n * interval '1 minute', now()
         from generate_series(1, 10000) n`,
      );
    });
    const statementOf = async (args: object) => {
      await crowded.sql.during(() => runtime.asSystem((work) => searchUsers(work, args as never)));
      return crowded.sql.statements.find((statement) => statement.includes('page_cursor'))!;
    };
    const planOf = async (args: object, values: unknown[]) => {
      let index = 0;
      const sql = (await statementOf(args)).replaceAll(/\$\d+/g, () => `'${String(values[index++])}'`);
      return runtime.asSystem(async ({ em }) => {
        const rows = await em.execute<Record<string, string>[]>(`explain ${sql}`);
        return rows.map((row) => row['QUERY PLAN']).join('\n');
      });
    };
    const text = 'c4ca4238a0b9';
    expect(await planOf({ filter: { text } }, [`%${text}%`, 21])).toContain('user_account_by_text');
    expect(await planOf({}, [21])).toContain('user_account_by_creation');
    expect(await planOf({ sort: ['NAME_ASC'] }, [21])).toContain('user_account_by_name');
  }, 60_000);
});

const suspend = (by: Person, userId: string, reason = 'Sends spam') =>
  by.query('mutation ($input: SuspendUserInput!) { suspendUser(input: $input) { status suspensionReason } }', {
    input: { userId, reason },
  });

const activate = (by: Person, userId: string) =>
  by.query('mutation ($id: ID!) { activateUser(userId: $id) { status suspensionReason } }', { id: userId });

const changeRole = (by: Person, userId: string, role: string) =>
  by.query('mutation ($input: ChangePlatformRoleInput!) { changePlatformRole(input: $input) { platformRole } }', {
    input: { userId, role },
  });

describe('a suspended user', () => {
  test('is signed out everywhere and cannot sign in, until they are activated', async () => {
    const person = await member(subgraph);
    const other = await person.elsewhere();
    expect((await suspend(admin, person.id)).data.suspendUser).toEqual({
      status: 'SUSPENDED',
      suspensionReason: 'Sends spam',
    });
    for (const tab of [person, other]) {
      const refreshed = await subgraph.client.query(REFRESH, {
        variables: { input: { refreshToken: tab.tokens.refreshToken } },
      });
      expect(codeOf(refreshed)).toBe('UNAUTHENTICATED');
    }
    const signIn = () =>
      subgraph.client.query(LOGIN, { variables: { input: { email: person.email, password: person.password } } });
    expect(codeOf(await signIn())).toBe('FORBIDDEN');
    const ended = (await eventsOf(subgraph, 'session.revoked')).filter((event) => event.userId === person.id);
    expect(ended.map((event) => event.reason)).toEqual(['SUSPENDED', 'SUSPENDED']);
    expect((await eventsOf(subgraph, 'user.suspended')).at(-1)).toEqual({ userId: person.id, reason: 'Sends spam' });

    expect((await activate(admin, person.id)).data.activateUser).toEqual({ status: 'ACTIVE', suspensionReason: null });
    expect(codeOf(await signIn())).toBeUndefined();
  });

  test('takes legal steps only, by those who may', async () => {
    const person = await member(subgraph);
    expect(codeOf(await suspend(support, person.id))).toBe('FORBIDDEN');
    expect(codeOf(await suspend(admin, admin.id))).toBe('FORBIDDEN');
    expect(codeOf(await suspend(admin, person.id, ''))).toBe('BAD_USER_INPUT');
    expect(codeOf(await suspend(admin, 'nobody'))).toBe('NOT_FOUND');
    expect(codeOf(await activate(admin, person.id))).toBe('ILLEGAL_TRANSITION');
    const pending = await newcomer(subgraph);
    expect((await suspend(admin, pending.id)).errors![0]!.extensions).toEqual({
      code: 'ILLEGAL_TRANSITION',
      from: 'PENDING',
      to: 'SUSPENDED',
    });
  });
});

describe('the staff of the platform', () => {
  test('is appointed by a super admin', async () => {
    const person = await member(subgraph);
    expect(codeOf(await changeRole(support, person.id, 'SUPPORT'))).toBe('FORBIDDEN');
    expect((await changeRole(admin, person.id, 'SUPPORT')).data.changePlatformRole.platformRole).toBe('SUPPORT');
    await person.refresh();
    expect(jwtDecode(person.tokens.accessToken).roles).toEqual(['SUPPORT']);
    expect(codeOf(await changeRole(admin, admin.id, 'MEMBER'))).toBe('FORBIDDEN');
  });

  test('has a super admin left when two demote each other at the same time', async () => {
    for (let round = 0; round < 3; round += 1) {
      const rival = await staff(subgraph);
      const second = await staff(subgraph);
      const answers = await Promise.all([
        changeRole(rival, second.id, 'MEMBER'),
        changeRole(second, rival.id, 'MEMBER'),
      ]);
      expect(answers.map(codeOf).sort()).toEqual(['FORBIDDEN', undefined]);
    }
  });
});

describe('the sessions of a user', () => {
  test('are seen by support, and ended by a super admin', async () => {
    const person = await member(subgraph);
    const other = await person.elsewhere('Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0');
    const read = `query ($id: ID!) { userSessions(userId: $id) { totalCount edges { node { id device } } } }`;
    expect(codeOf(await person.query(read, { id: person.id }))).toBe('FORBIDDEN');
    const { userSessions } = await support.data(read, { id: person.id });
    expect(userSessions.totalCount).toBe(2);
    expect(idsOf(userSessions).sort()).toEqual([person.tokens.session.id, other.tokens.session.id].sort());
    const revoke = 'mutation ($id: ID!) { revokeUserSession(id: $id) { id } }';
    expect(codeOf(await support.query(revoke, { id: other.tokens.session.id }))).toBe('FORBIDDEN');
    await admin.data(revoke, { id: other.tokens.session.id });
    expect((await support.data(read, { id: person.id })).userSessions.totalCount).toBe(1);
    const { revokeUserSessions } = await admin.data('mutation ($id: ID!) { revokeUserSessions(userId: $id) }', {
      id: person.id,
    });
    expect(revokeUserSessions).toBe(1);
    await expect(person.refresh()).rejects.toThrow('UNAUTHENTICATED');
  });
});

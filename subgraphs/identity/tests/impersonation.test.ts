import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PlatformRole } from '../src/role/platform-role.ts';
import { eventsOf, startIdentity, type TestIdentity } from './support/identity.ts';
import { found, staff } from './support/organization.ts';
import { codeOf, member, newcomer, Person } from './support/person.ts';
import { jwtDecode } from './support/token.ts';

let subgraph: TestIdentity;
let support: Person;

beforeAll(async () => {
  subgraph = await startIdentity();
  support = await staff(subgraph, PlatformRole.SUPPORT);
});

afterAll(() => subgraph.stop());

const REASON = 'Ticket 4711: cannot find an order';

const impersonate = (by: Person, userId: string, reason = REASON) =>
  by.query(
    `mutation ($input: ImpersonateUserInput!) {
      impersonateUser(input: $input) {
        accessToken accessTokenExpiresAt impersonation { id reason user { id } impersonator { id } }
      }
    }`,
    { input: { userId, reason } },
  );

/** Support, working in somebody's name. */
const inNameOf = async (person: Person) => {
  const { data } = await impersonate(support, person.id);
  return new Person(subgraph, person.email, { ...person.tokens, accessToken: data.impersonateUser.accessToken });
};

describe('working in a user’s name', () => {
  test('takes a token that names both, ends after 15 minutes and cannot be refreshed', async () => {
    const person = await member(subgraph);
    const { data } = await impersonate(support, person.id);
    const claims = jwtDecode(data.impersonateUser.accessToken);
    expect(claims).toMatchObject({ sub: person.id, act: { sub: support.id }, roles: ['MEMBER'] });
    expect(claims.exp - claims.iat).toBe(15 * 60);
    const helper = await inNameOf(person);
    expect((await helper.data('{ me { id email } }')).me).toEqual({ id: person.id, email: person.email });
    const refreshTokens = await subgraph.running.runtime.asSystem(({ em }) =>
      em.execute('select 1 from refresh_token where session_id = ?', [claims.sid!]),
    );
    expect(refreshTokens).toEqual([]);
  });

  test('is kept for the audit, and announced', async () => {
    const person = await member(subgraph);
    await impersonate(support, person.id);
    expect((await eventsOf(subgraph, 'user.impersonated')).at(-1)).toEqual({
      userId: person.id,
      impersonatorId: support.id,
      reason: REASON,
    });
    const audit = `query ($filter: ImpersonationFilter) {
      impersonations(filter: $filter) { totalCount edges { node { reason user { id } impersonator { id } } } }
    }`;
    const filter = { userId: person.id, impersonatorId: support.id };
    const { impersonations } = await support.data(audit, { filter });
    expect(impersonations).toEqual({
      totalCount: 1,
      edges: [{ node: { reason: REASON, user: { id: person.id }, impersonator: { id: support.id } } }],
    });
    expect((await support.data(audit, { filter: { userId: support.id } })).impersonations.totalCount).toBe(0);
    expect(codeOf(await person.query(audit))).toBe('FORBIDDEN');
    const { id } = (await impersonate(support, person.id)).data.impersonateUser.impersonation;
    const resolve = (reader: Person) =>
      subgraph.client.entities('Impersonation', [id], 'reason', { authorization: reader.authorization });
    expect(await resolve(support)).toEqual([{ reason: REASON }]);
    expect(await resolve(person)).toEqual([null]);
  });

  test('leaves a trace that the subgraph itself cannot change or remove', async () => {
    const person = await member(subgraph);
    await impersonate(support, person.id);
    await subgraph.running.runtime.asSystem(async ({ em }) => {
      const changed = await em.execute(`update impersonation set reason = 'Nothing' returning id`);
      const removed = await em.execute('delete from impersonation returning id');
      expect([...changed, ...removed]).toEqual([]);
      const kept = await em.execute('select reason from impersonation where user_id = ?', [person.id]);
      expect(kept).toEqual([{ reason: REASON }]);
    });
  });

  test.each([
    [
      'change the password',
      `mutation { changePassword(input: { currentPassword: "x", newPassword: "a whole new one" }) { id } }`,
    ],
    [
      'change the address',
      `mutation { requestEmailChange(input: { newEmail: "a@example.com", password: "x" }) { accepted } }`,
    ],
    ['set up a second factor', `mutation { enrolSecondFactor(input: { password: "x" }) { secret } }`],
    ['delete the account', `mutation { deleteAccount(input: { password: "x" }) { id } }`],
    ['export the account', `{ accountExport }`],
    ['make an API key', `mutation { createApiKey(input: { name: "x", scopes: ["crm:read"] }) { secret } }`],
    ['end other sessions', `mutation { revokeOtherSessions }`],
    ['cancel the subscription', `mutation { cancelMySubscription { status } }`],
  ])('does not let support %s', async (_, document) => {
    const helper = await inNameOf(await member(subgraph));
    expect(codeOf(await helper.query(document))).toBe('FORBIDDEN');
  });

  test('does not let support give the organization away, or delete it', async () => {
    const person = await member(subgraph);
    const id = await found(person);
    const helper = await inNameOf(person);
    const remove = await helper.query('mutation ($id: ID!) { deleteOrganization(id: $id) { id } }', { id });
    expect(codeOf(remove)).toBe('FORBIDDEN');
    const leave = await helper.query('mutation ($id: ID!) { leaveOrganization(id: $id) { id } }', { id });
    expect(codeOf(leave)).toBe('FORBIDDEN');
  });

  test('is seen by the user among their sessions, and ends when either wishes', async () => {
    const person = await member(subgraph);
    const helper = await inNameOf(person);
    const sessions = async () =>
      (await person.data('{ me { sessions { edges { node { id isImpersonation } } } } }')).me.sessions.edges
        .map((edge: any) => edge.node)
        .filter((session: any) => session.isImpersonation);
    const [open] = await sessions();
    expect(open.id).toBe(jwtDecode(helper.tokens.accessToken).sid);
    await person.data('mutation ($id: ID!) { revokeSession(id: $id) { id } }', { id: open.id });
    expect(await sessions()).toEqual([]);
    const again = await inNameOf(person);
    expect((await again.data('mutation { logout }')).logout).toBe(true);
    expect(await sessions()).toEqual([]);
  });

  test('takes the permission, a reason, and an active user who is not staff', async () => {
    const person = await member(subgraph);
    const admin = await staff(subgraph);
    expect(codeOf(await impersonate(person, support.id))).toBe('FORBIDDEN');
    expect(codeOf(await impersonate(support, person.id, 'short'))).toBe('BAD_USER_INPUT');
    expect(codeOf(await impersonate(support, admin.id))).toBe('FORBIDDEN');
    expect(codeOf(await impersonate(admin, support.id))).toBe('FORBIDDEN');
    expect(codeOf(await impersonate(support, (await newcomer(subgraph)).id))).toBe('FORBIDDEN');
    expect(codeOf(await impersonate(support, 'nobody'))).toBe('NOT_FOUND');
  });

  test('is over for those who are not staff any more, whatever their token says', async () => {
    const former = await staff(subgraph, PlatformRole.SUPPORT);
    const admin = await staff(subgraph);
    await admin.data('mutation ($input: ChangePlatformRoleInput!) { changePlatformRole(input: $input) { id } }', {
      input: { userId: former.id, role: 'MEMBER' },
    });
    expect(codeOf(await impersonate(former, (await member(subgraph)).id))).toBe('FORBIDDEN');
  });

  test.each([
    ['suspendUser', 'SuspendUserInput', { reason: 'Sold customer lists' }],
    ['changePlatformRole', 'ChangePlatformRoleInput', { role: 'MEMBER' }],
  ])('ends with whoever works so: %s', async (field, type, details) => {
    const person = await member(subgraph);
    const former = await staff(subgraph, PlatformRole.SUPPORT);
    const { sid } = jwtDecode((await impersonate(former, person.id)).data.impersonateUser.accessToken);
    const admin = await staff(subgraph);
    await admin.data(`mutation ($input: ${type}!) { ${field}(input: $input) { id } }`, {
      input: { userId: former.id, ...details },
    });
    expect(await eventsOf(subgraph, 'session.revoked')).toContainEqual({
      ...{ userId: person.id, sessionId: sid, reason: 'IMPERSONATION_ENDED' },
    });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { PlanName } from '../src/plan/plan-name.ts';
import { eventsOf, startIdentity, type TestIdentity } from './support/identity.ts';
import { codeOf, member, type Person } from './support/person.ts';
import { colleague, found, ownMembership, putOnPlan, switchTo } from './support/organization.ts';
import { jwtDecode } from './support/token.ts';

let subgraph: TestIdentity;
let owner: Person;
let organizationId: string;
let ownerMembership: string;

beforeAll(async () => {
  subgraph = await startIdentity();
});

beforeEach(async () => {
  owner = await member(subgraph);
  await putOnPlan(owner, PlanName.PRO);
  organizationId = await found(owner);
  ownerMembership = await ownMembership(owner, organizationId);
});

afterAll(() => subgraph.stop());

const changeRole = (actor: Person, membershipId: string, role: string) =>
  actor.query('mutation ($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { role } }', {
    input: { membershipId, role },
  });

const remove = (actor: Person, membershipId: string) =>
  actor.query('mutation ($id: ID!) { removeMember(membershipId: $id) { id } }', { id: membershipId });

const leave = (person: Person) =>
  person.query('mutation ($id: ID!) { leaveOrganization(id: $id) { id } }', { id: organizationId });

const MEMBERS = `query ($first: Int, $after: String, $filter: MembershipFilter) {
  activeOrganization {
    members(first: $first, after: $after, filter: $filter) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { role user { id name } organization { id } } }
    }
  }
}`;

const list = async (person: Person, variables = {}) =>
  (await person.data(MEMBERS, variables)).activeOrganization.members;

const owners = async () => (await list(owner, { filter: { roles: ['OWNER'] } })).totalCount;

describe('the members of an organization', () => {
  test('are listed page by page in the order they joined, filtered by role and name', async () => {
    subgraph.clock.advance({ seconds: 1 });
    const { person: first } = await colleague(owner, 'AGENT');
    subgraph.clock.advance({ seconds: 1 });
    const { person: second } = await colleague(owner, 'VIEWER');
    await second.data('mutation { updateProfile(input: { name: "Charles 100%", version: 2 }) { id } }');
    const page = await list(owner, { first: 2 });
    expect(page.totalCount).toBe(3);
    const idsOf = (one: typeof page) => one.edges.map((edge: any) => edge.node.user.id);
    expect(idsOf(page)).toEqual([owner.id, first.id]);
    expect(idsOf(await list(owner, { first: 2, after: page.pageInfo.endCursor }))).toEqual([second.id]);
    expect(idsOf(await list(owner, { filter: { roles: ['AGENT', 'OWNER'] } }))).toEqual([owner.id, first.id]);
    expect(idsOf(await list(owner, { filter: { name: 'charles' } }))).toEqual([second.id]);
    // A sign that stands for anything in patterns finds itself only.
    expect(idsOf(await list(owner, { filter: { name: '%' } }))).toEqual([second.id]);
  });

  test('cost the same number of statements for 1 and for 10', async () => {
    await list(owner);
    const one = await subgraph.sql.during(() => list(owner));
    for (let count = 0; count < 9; count += 1) await colleague(owner);
    await list(owner);
    const ten = await subgraph.sql.during(async () => expect((await list(owner)).edges).toHaveLength(10));
    expect(ten).toBe(one);
  });

  test('are shown to whoever acts for it, and to nobody else', async () => {
    const { person } = await colleague(owner);
    expect((await list(person)).totalCount).toBe(2);
    const personal = (await person.data('{ me { organizations { id isPersonal } } }')).me.organizations[0];
    expect(personal.isPersonal).toBe(true);
    await switchTo(person, personal.id);
    const document = 'query ($id: ID!) { organization(id: $id) { name members { totalCount } } }';
    expect((await person.data(document, { id: organizationId })).organization).toEqual({
      name: 'Analytical Engines',
      members: null,
    });
  });
});

describe('a role', () => {
  test('is changed by an admin, and counts from the next token on', async () => {
    const { person: admin } = await colleague(owner, 'ADMIN');
    const { person, membershipId } = await colleague(owner, 'VIEWER');
    expect((await changeRole(admin, membershipId, 'MANAGER')).data.changeMemberRole).toEqual({ role: 'MANAGER' });
    expect(jwtDecode(person.tokens.accessToken).orgRole).toBe('VIEWER');
    await person.refresh();
    expect(jwtDecode(person.tokens.accessToken)).toMatchObject({ orgRole: 'MANAGER' });
    expect(jwtDecode(person.tokens.accessToken).scope.split(' ')).toContain('crm:write');
    expect((await eventsOf(subgraph, 'member.role_changed')).at(-1)).toEqual({
      organizationId,
      userId: person.id,
      role: 'MANAGER',
    });
  });

  test('is not changed by nor for anybody above one’s own', async () => {
    const { person: admin } = await colleague(owner, 'ADMIN');
    const { person: manager, membershipId } = await colleague(owner, 'MANAGER');
    expect(codeOf(await changeRole(admin, ownerMembership, 'VIEWER'))).toBe('FORBIDDEN');
    expect(codeOf(await changeRole(admin, membershipId, 'OWNER'))).toBe('FORBIDDEN');
    expect(codeOf(await changeRole(manager, membershipId, 'ADMIN'))).toBe('FORBIDDEN');
    expect(codeOf(await remove(admin, ownerMembership))).toBe('FORBIDDEN');
  });

  test('that was taken away counts at once here, whatever the token still says', async () => {
    const { person: admin, membershipId } = await colleague(owner, 'ADMIN');
    const { membershipId: other } = await colleague(owner, 'MANAGER');
    await changeRole(owner, membershipId, 'VIEWER');
    expect(jwtDecode(admin.tokens.accessToken).orgRole).toBe('ADMIN');
    expect(codeOf(await changeRole(admin, other, 'VIEWER'))).toBe('FORBIDDEN');
    await remove(owner, membershipId);
    expect(codeOf(await changeRole(admin, other, 'VIEWER'))).toBe('NOT_FOUND');
  });
});

describe('the last owner', () => {
  test('cannot be demoted, removed, nor leave', async () => {
    expect(codeOf(await changeRole(owner, ownerMembership, 'ADMIN'))).toBe('CONFLICT');
    expect(codeOf(await remove(owner, ownerMembership))).toBe('CONFLICT');
    expect(codeOf(await leave(owner))).toBe('CONFLICT');
    expect(await owners()).toBe(1);
  });

  test('is left over when two owners demote each other at the same time, through two processes', async () => {
    await using second = await startIdentity({ database: subgraph.database, clock: subgraph.clock });
    for (let round = 0; round < 5; round += 1) {
      const { person, membershipId } = await colleague(owner, 'OWNER');
      const elsewhere = Object.assign(Object.create(Object.getPrototypeOf(person)), person, { subgraph: second });
      const results = await Promise.all([
        changeRole(owner, membershipId, 'ADMIN'),
        changeRole(elsewhere, ownerMembership, 'ADMIN'),
      ]);
      expect(results.map(codeOf).sort()).toEqual(['FORBIDDEN', undefined]);
      // Whoever lost cannot go on; the survivor hands everything back.
      if (codeOf(results[0])) {
        await person.data('mutation ($id: ID!) { transferOwnership(membershipId: $id) { newOwner { id } } }', {
          id: ownerMembership,
        });
      }
      expect(await owners()).toBe(1);
    }
  });

  test('is left over when two owners leave at the same time', async () => {
    const { person } = await colleague(owner, 'OWNER');
    const results = await Promise.all([leave(owner), leave(person)]);
    expect(results.map(codeOf).sort()).toEqual(['CONFLICT', undefined]);
  });

  test('is kept by the database itself, when two connections demote one each', async () => {
    await colleague(owner, 'OWNER');
    const { runtime } = subgraph.running;
    const rows = await runtime.asSystem(({ em }) =>
      em.execute<{ id: string }[]>(`select id from membership where organization_id = ? and role = 'OWNER'`, [
        organizationId,
      ]),
    );
    expect(rows).toHaveLength(2);
    let reached = 0;
    const bothHaveWritten = Promise.withResolvers<void>();
    const outcomes = await Promise.allSettled(
      rows.map(({ id }) =>
        runtime.asSystem((work) =>
          work.transaction(async () => {
            await work.em.execute(`update membership set role = 'VIEWER' where id = ?`, [id]);
            if ((reached += 1) === 2) bothHaveWritten.resolve();
            await bothHaveWritten.promise;
          }),
        ),
      ),
    );
    const failures = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(failures.map((failure) => failure.reason.message)).toEqual([
      expect.stringContaining('would be left without an owner'),
    ]);
  });
});

describe('a member', () => {
  test('who is removed loses the organization, and their next token is for their own', async () => {
    const { person, membershipId } = await colleague(owner, 'AGENT');
    expect((await remove(owner, membershipId)).data.removeMember).toEqual({ id: membershipId });
    expect((await eventsOf(subgraph, 'member.removed')).at(-1)).toEqual({ organizationId, userId: person.id });
    await person.refresh();
    expect(jwtDecode(person.tokens.accessToken)).toMatchObject({ orgRole: 'OWNER' });
    expect(jwtDecode(person.tokens.accessToken).org).not.toBe(organizationId);
    expect(
      (await person.data('query ($id: ID!) { organization(id: $id) { id } }', { id: organizationId })).organization,
    ).toBeNull();
  });

  test('leaves on their own', async () => {
    const { person } = await colleague(owner, 'AGENT');
    expect(codeOf(await leave(person))).toBeUndefined();
    expect((await list(owner)).totalCount).toBe(1);
    expect(codeOf(await leave(person))).toBe('NOT_FOUND');
  });

  test('becomes the owner in the owner’s stead', async () => {
    const { person, membershipId } = await colleague(owner, 'MANAGER');
    const transfer = (actor: Person, id: string) =>
      actor.query(
        `mutation ($id: ID!) {
          transferOwnership(membershipId: $id) { newOwner { role user { id } } formerOwner { role user { id } } }
        }`,
        { id },
      );
    expect(codeOf(await transfer(person, ownerMembership))).toBe('FORBIDDEN');
    expect((await transfer(owner, membershipId)).data.transferOwnership).toEqual({
      newOwner: { role: 'OWNER', user: { id: person.id } },
      formerOwner: { role: 'ADMIN', user: { id: owner.id } },
    });
    expect(codeOf(await transfer(owner, membershipId))).toBe('FORBIDDEN');
    expect(codeOf(await transfer(person, membershipId))).toBe('BAD_USER_INPUT');
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PlatformRole } from '../src/role/platform-role.ts';
import { eventsOf, startIdentity, type TestIdentity } from './support/identity.ts';
import { colleague, found, staff } from './support/organization.ts';
import { codeOf, member, newcomer, type Person } from './support/person.ts';
import { jwtDecode } from './support/token.ts';

let subgraph: TestIdentity;
let admin: Person;

beforeAll(async () => {
  subgraph = await startIdentity();
  admin = await staff(subgraph);
});

afterAll(() => subgraph.stop());

const allowed = async (name: string): Promise<string[]> => {
  const { roles } = await admin.data('{ roles { name permissions { name } } }');
  return roles.find((role: any) => role.name === name).permissions.map((permission: any) => permission.name);
};

const set = (person: Person, role: string, permissions: string[]) =>
  person.query(
    'mutation ($input: SetRolePermissionsInput!) { setRolePermissions(input: $input) { name permissions { name } } }',
    { input: { role, permissions } },
  );

const permissionsOf = async (person: Person, variables = {}): Promise<string[]> => {
  const { userPermissions } = await person.data(
    'query ($userId: ID, $organizationId: ID) { userPermissions(userId: $userId, organizationId: $organizationId) { name } }',
    variables,
  );
  return userPermissions.map((permission: any) => permission.name);
};

describe('roles', () => {
  test('and what they allow are for everybody to read who is signed in', async () => {
    const person = await member(subgraph);
    const { roles, permissions } = await person.data('{ roles { name scope } permissions { name description } }');
    expect(roles.map((role: any) => role.name).sort()).toEqual([
      'ADMIN',
      'AGENT',
      'MANAGER',
      'MEMBER',
      'OWNER',
      'SUPER_ADMIN',
      'SUPPORT',
      'VIEWER',
    ]);
    expect(permissions.length).toBeGreaterThan(20);
    expect(codeOf(await subgraph.client.query('{ roles { name } }'))).toBe('UNAUTHENTICATED');
  });

  test('cost the same however many are listed with their permissions', async () => {
    const read = () => admin.data('{ roles { name permissions { name description } } }');
    await read();
    expect(await subgraph.sql.during(read)).toBe(3);
  });

  test('are changed by a super admin, in effect from the next token on', async () => {
    const founder = await member(subgraph);
    await found(founder);
    const { person } = await colleague(founder, 'VIEWER');
    const before = await allowed('VIEWER');

    const { data } = await set(admin, 'VIEWER', [...before.filter((name) => name !== 'crm:read'), 'orders:write']);

    expect(data.setRolePermissions.permissions.map((one: any) => one.name)).toContain('orders:write');
    expect(jwtDecode(person.tokens.accessToken).scope).toContain('crm:read');
    await person.refresh();
    const scope = jwtDecode(person.tokens.accessToken).scope.split(' ');
    expect(scope).toContain('orders:write');
    expect(scope).not.toContain('crm:read');
    expect((await eventsOf(subgraph, 'role.changed')).at(-1)).toMatchObject({ role: 'VIEWER', permissions: scope });
    await set(admin, 'VIEWER', before);
    expect(await allowed('VIEWER')).toEqual(before);
  });

  test('are left alone by everybody else, also by those who were given the permission', async () => {
    const support = await staff(subgraph, PlatformRole.SUPPORT);
    const before = await allowed('SUPPORT');
    expect(codeOf(await set(support, 'SUPPORT', before))).toBe('FORBIDDEN');
    await set(admin, 'SUPPORT', [...before, 'identity:roles.write']);
    await support.refresh();
    expect(jwtDecode(support.tokens.accessToken).scope).toContain('identity:roles.write');
    expect(codeOf(await set(support, 'SUPPORT', before))).toBe('FORBIDDEN');
    await set(admin, 'SUPPORT', before);
  });

  test('of super admins can only gain', async () => {
    const all = await allowed('SUPER_ADMIN');
    const lessened = await set(
      admin,
      'SUPER_ADMIN',
      all.filter((name) => name !== 'identity:roles.write'),
    );
    expect(codeOf(lessened)).toBe('CONFLICT');
    expect(codeOf(await set(admin, 'SUPER_ADMIN', []))).toBe('CONFLICT');
    expect(await allowed('SUPER_ADMIN')).toEqual(all);
    expect(codeOf(await set(admin, 'SUPER_ADMIN', all))).toBeUndefined();
  });

  test('that nobody knows are not changed, nor given permissions that nobody knows', async () => {
    expect(codeOf(await set(admin, 'KING', []))).toBe('NOT_FOUND');
    expect(codeOf(await set(admin, 'VIEWER', ['world:rule']))).toBe('BAD_USER_INPUT');
  });
});

describe('the permissions of a user', () => {
  test('are those a token would carry', async () => {
    const person = await member(subgraph);
    expect(await permissionsOf(person)).toEqual(jwtDecode(person.tokens.accessToken).scope.split(' '));
    expect(await permissionsOf(await newcomer(subgraph))).toEqual([]);
  });

  test('are for support to read, by organization, and for nobody else', async () => {
    const founder = await member(subgraph);
    const organizationId = await found(founder);
    const { person } = await colleague(founder, 'AGENT');
    const support = await staff(subgraph, PlatformRole.SUPPORT);
    expect(await permissionsOf(support, { userId: person.id, organizationId })).toEqual(await allowed('AGENT'));
    expect(await permissionsOf(support, { userId: person.id })).toEqual(await allowed('OWNER'));
    const asked = 'query ($userId: ID) { userPermissions(userId: $userId) { name } }';
    expect(codeOf(await founder.query(asked, { userId: person.id }))).toBe('FORBIDDEN');
    const foreign = await support.query(
      'query ($userId: ID, $id: ID) { userPermissions(userId: $userId, organizationId: $id) { name } }',
      { userId: support.id, id: organizationId },
    );
    expect(codeOf(foreign)).toBe('NOT_FOUND');
  });
});

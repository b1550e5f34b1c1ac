import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { PlanName } from '../src/plan/plan-name.ts';
import { eventsOf, startIdentity, type TestIdentity } from './support/identity.ts';
import { colleague, found, putOnPlan, staff } from './support/organization.ts';
import { codeOf, member, Person } from './support/person.ts';
import { jwtDecode } from './support/token.ts';

let subgraph: TestIdentity;
let owner: Person;
let organizationId: string;

beforeAll(async () => {
  subgraph = await startIdentity();
});

beforeEach(async () => {
  owner = await member(subgraph);
  await putOnPlan(owner, PlanName.PRO);
  organizationId = await found(owner);
});

afterAll(() => subgraph.stop());

const CREATE = `mutation ($input: CreateApiKeyInput!) {
  createApiKey(input: $input) { secret apiKey { id name prefix scopes expiresAt lastUsedAt owner { id } } }
}`;

const create = (person: Person, input: object = {}) =>
  person.query(CREATE, { input: { name: 'Nightly import', scopes: ['crm:read'], ...input } });

const EXCHANGE = `mutation ($apiKey: String!) {
  createApiToken(input: { apiKey: $apiKey }) { accessToken accessTokenExpiresAt scopes }
}`;

const exchange = (apiKey: string, where = subgraph) => where.client.query<any>(EXCHANGE, { variables: { apiKey } });

const newKey = async (person: Person, input: object = {}) => {
  const { data, errors } = await create(person, input);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.createApiKey as { secret: string; apiKey: { id: string; prefix: string } };
};

const listed = async (person: Person) =>
  (await person.data('{ activeOrganization { apiKeys { totalCount edges { node { id lastUsedAt } } } } }'))
    .activeOrganization.apiKeys;

describe('an API key', () => {
  test('is shown once and kept as a digest', async () => {
    const { secret, apiKey } = await newKey(owner);
    expect(secret.startsWith(apiKey.prefix)).toBe(true);
    const rows = await subgraph.running.runtime.asSystem(({ em }) =>
      em.execute('select * from api_key where id = ?', [apiKey.id]),
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(secret.slice(apiKey.prefix.length + 1));
  });

  test('is exchanged for a token with its scopes, for its organization and without a session', async () => {
    const { secret, apiKey } = await newKey(owner, { scopes: ['crm:read', 'orders:read', 'crm:read'] });
    const { data } = await exchange(secret);
    const claims = jwtDecode(data!.createApiToken.accessToken);
    expect(claims).toMatchObject({ sub: owner.id, org: organizationId, scope: 'crm:read orders:read', roles: [] });
    expect(claims).toMatchObject({ key: apiKey.id });
    expect(claims.sid).toBeUndefined();
    expect(claims.exp - claims.iat).toBe(15 * 60);
    const machine = { authorization: `Bearer ${data!.createApiToken.accessToken}` };
    expect(
      (await subgraph.client.queryData('{ activeOrganization { id members { totalCount } } }', machine))
        .activeOrganization,
    ).toEqual({ id: organizationId, members: null });
    expect((await listed(owner)).edges[0].node.lastUsedAt).toBe(subgraph.clock.now().toISOString());
  });

  test('has no more rights than whoever makes it', async () => {
    expect(codeOf(await create(owner, { scopes: ['crm:read', 'identity:users.write'] }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await create(owner, { scopes: ['made:up'] }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await create(owner, { scopes: [] }))).toBe('BAD_USER_INPUT');
    const { person: viewer } = await colleague(owner, 'VIEWER');
    expect(codeOf(await create(viewer))).toBe('FORBIDDEN');
  });

  test('has fewer as soon as whoever made it has', async () => {
    const { person: admin, membershipId } = await colleague(owner, 'ADMIN');
    const { secret } = await newKey(admin, { scopes: ['crm:read', 'crm:write'] });
    await owner.data('mutation ($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { id } }', {
      input: { membershipId, role: 'VIEWER' },
    });
    expect((await exchange(secret)).data!.createApiToken.scopes).toEqual(['crm:read']);
  });

  test('of a super admin carries no role of the platform', async () => {
    const admin = await staff(subgraph);
    const { secret } = await newKey(admin, { scopes: ['identity:users.read'] });
    const { data } = await exchange(secret);
    expect(jwtDecode(data!.createApiToken.accessToken)).toMatchObject({ roles: [], scope: 'identity:users.read' });
  });

  test('cannot make keys, nor touch the account of its maker', async () => {
    const { secret } = await newKey(owner, { scopes: ['identity:api_keys.write', 'crm:read'] });
    const { data } = await exchange(secret);
    const machine = new Person(subgraph, owner.email, {
      ...owner.tokens,
      accessToken: data!.createApiToken.accessToken,
    });
    expect(codeOf(await create(machine))).toBe('FORBIDDEN');
    for (const document of [
      'mutation { revokeOtherSessions }',
      'mutation { updatePersona(input: { persona: VENDOR }) { id } }',
      'mutation { updateProfile(input: { name: "Machine", version: 1 }) { id } }',
      'mutation { createOrganization(input: { name: "Of a machine" }) { id } }',
      '{ myInvitations { id } }',
      '{ restorableOrganizations { id } }',
      '{ userPermissions { name } }',
    ]) {
      expect([document, codeOf(await machine.query(document))]).toEqual([document, 'FORBIDDEN']);
    }
    const { me } = await machine.data('{ me { name email organizations { id } sessions { totalCount } } }');
    expect(me).toEqual({ name: 'Ada Lovelace', email: null, organizations: null, sessions: null });
  });

  test.each([
    [
      'revoked',
      async (_: Person, id: string) =>
        owner.data('mutation ($id: ID!) { revokeApiKey(id: $id) { revokedAt } }', { id }),
    ],
    [
      'its maker’s that is removed',
      async (_: Person, _id: string, membershipId: string) =>
        owner.data('mutation ($id: ID!) { removeMember(membershipId: $id) { id } }', { id: membershipId }),
    ],
    [
      'its maker’s that leaves',
      async (maker: Person) =>
        maker.data('mutation ($id: ID!) { leaveOrganization(id: $id) { id } }', { id: organizationId }),
    ],
    [
      'its maker’s that is suspended',
      async (maker: Person) =>
        (await staff(subgraph)).data(
          'mutation ($id: ID!) { suspendUser(input: { userId: $id, reason: "Spam" }) { id } }',
          { id: maker.id },
        ),
    ],
    [
      'its maker’s that deletes their account',
      async (maker: Person) =>
        maker.data('mutation ($password: String!) { deleteAccount(input: { password: $password }) { id } }', {
          password: maker.password,
        }),
    ],
    [
      'of an organization that is deleted',
      async () => owner.data('mutation ($id: ID!) { deleteOrganization(id: $id) { id } }', { id: organizationId }),
    ],
  ])('is worth nothing once it is %s', async (_, end) => {
    const { person: maker, membershipId } = await colleague(owner, 'ADMIN');
    const { secret, apiKey } = await newKey(maker);
    expect(codeOf(await exchange(secret))).toBeUndefined();
    await end(maker, apiKey.id, membershipId);
    expect(codeOf(await exchange(secret))).toBe('UNAUTHENTICATED');
  });

  test('that is revoked is told of, once, so that what it listens to ends too', async () => {
    const { apiKey } = await newKey(owner);
    const REVOKE = 'mutation ($id: ID!) { revokeApiKey(id: $id) { revokedAt } }';
    for (let time = 0; time < 2; time += 1) await owner.data(REVOKE, { id: apiKey.id });
    const told = (await eventsOf(subgraph, 'api_key.revoked')).filter(({ apiKeyId }) => apiKeyId === apiKey.id);
    expect(told).toEqual([{ userId: owner.id, apiKeyId: apiKey.id }]);
  });

  test('stays revoked when its maker comes back', async () => {
    const { person: maker, membershipId } = await colleague(owner, 'ADMIN');
    const { secret } = await newKey(maker);
    const admin = await staff(subgraph);
    await admin.data('mutation ($id: ID!) { suspendUser(input: { userId: $id, reason: "Spam" }) { id } }', {
      id: maker.id,
    });
    await admin.data('mutation ($id: ID!) { activateUser(userId: $id) { status } }', { id: maker.id });
    expect(membershipId).toBeTruthy();
    expect(codeOf(await exchange(secret))).toBe('UNAUTHENTICATED');
  });

  test('ends when it was to end', async () => {
    await using later = await startIdentity();
    const founder = await member(later);
    const soon = new Date(later.clock.now().getTime() + 3_600_000).toISOString();
    const { secret } = await newKey(founder, { expiresAt: soon });
    later.clock.advance({ minutes: 59 });
    expect(codeOf(await exchange(secret, later))).toBeUndefined();
    later.clock.advance({ minutes: 1 });
    expect(codeOf(await exchange(secret, later))).toBe('UNAUTHENTICATED');
    const again = await founder.elsewhere();
    for (const expiresAt of ['2001-01-01T00:00:00Z', '2999-01-01T00:00:00Z']) {
      expect(codeOf(await create(again, { expiresAt }))).toBe('BAD_USER_INPUT');
    }
  });

  test('that nobody made is refused like any other, and trying is throttled by address', async () => {
    const { secret } = await newKey(owner);
    const wrong = [`${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`, 'sgk_nonsense', ' '];
    const refusals = await Promise.all(wrong.map((apiKey) => exchange(apiKey)));
    expect(new Set(refusals.map((refusal) => JSON.stringify(refusal.errors![0]!.message))).size).toBe(1);

    await using strict = await startIdentity({ environment: { SIGN_INS_PER_ADDRESS: 3 } });
    const attempt = () =>
      strict.client.query(EXCHANGE, { variables: { apiKey: 'x' }, headers: { 'x-client-address': '192.0.2.7' } });
    const codes: unknown[] = [];
    for (let count = 0; count < 4; count += 1) codes.push(codeOf(await attempt()));
    expect(codes).toEqual([...Array.from({ length: 3 }, () => 'UNAUTHENTICATED'), 'RATE_LIMITED']);
  });

  test('is listed for those who may make keys, until it is revoked', async () => {
    const { person: viewer } = await colleague(owner, 'VIEWER');
    const { apiKey } = await newKey(owner);
    expect((await listed(owner)).totalCount).toBe(1);
    expect(await listed(viewer)).toBeNull();
    const revoke = 'mutation ($id: ID!) { revokeApiKey(id: $id) { id } }';
    expect(codeOf(await viewer.query(revoke, { id: apiKey.id }))).toBe('FORBIDDEN');
    await owner.data(revoke, { id: apiKey.id });
    await owner.data(revoke, { id: apiKey.id });
    expect((await listed(owner)).totalCount).toBe(0);
  });
});

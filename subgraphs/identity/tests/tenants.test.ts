import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Session, withRowScope } from '@supergraph/subgraph-kit';
import { PlanName } from '../src/plan/plan-name.ts';
import { newEmail, startIdentity, type TestIdentity } from './support/identity.ts';
import { colleague, found, invite, ownMembership, putOnPlan, switchTo } from './support/organization.ts';
import { codeOf, member, type Person } from './support/person.ts';

let subgraph: TestIdentity;
/** Owns an organization, and has no business in the other one. */
let stranger: Person;
/** Belongs to it, but acts for their personal one at present. */
let elsewhere: Person;

/** What is in the organization the stranger has no business in. */
const theirs = { organization: '', membership: '', colleague: '', invitation: '', apiKey: '' };

/** Twenty of each, in an organization of the reader's own. */
let reader: Person;
const own: Record<string, string[]> = { Organization: [], Membership: [], Invitation: [], ApiKey: [] };

const newApiKey = async (person: Person): Promise<string> =>
  (await person.data('mutation { createApiKey(input: { name: "Key", scopes: ["crm:read"] }) { apiKey { id } } }'))
    .createApiKey.apiKey.id;

beforeAll(async () => {
  subgraph = await startIdentity();
  stranger = await member(subgraph);
  await found(stranger, 'Strange');
  const owner = await member(subgraph);
  theirs.organization = await found(owner, 'Theirs');
  theirs.membership = await ownMembership(owner, theirs.organization);
  ({ person: elsewhere, membershipId: theirs.colleague } = await colleague(owner, 'ADMIN'));
  const { me } = await elsewhere.data('{ me { organizations { id isPersonal } } }');
  await switchTo(elsewhere, me.organizations[0].id);
  theirs.invitation = (await invite(owner, newEmail())).data.inviteMember.id;
  theirs.apiKey = await newApiKey(owner);

  reader = await member(subgraph);
  await putOnPlan(reader, PlanName.ENTERPRISE);
  for (let count = 0; count < 20; count += 1) own.Organization!.push(await found(reader));
  for (let count = 0; count < 19; count += 1) await colleague(reader);
  const { activeOrganization } = await reader.data(
    '{ activeOrganization { members(first: 20) { edges { node { id } } } } }',
  );
  own.Membership = activeOrganization.members.edges.map((edge: any) => edge.node.id);
  for (let count = 0; count < 20; count += 1) {
    own.Invitation!.push((await invite(reader, newEmail())).data.inviteMember.id);
    own.ApiKey!.push(await newApiKey(reader));
  }
}, 120_000);

afterAll(() => subgraph.stop());

describe('to a stranger', () => {
  test('the organization is null', async () => {
    const found = await stranger.data('query ($id: ID!) { organization(id: $id) { id } }', { id: theirs.organization });
    expect(found).toEqual({ organization: null });
  });

  test.each<[string, () => [string, object]]>([
    [
      'renameOrganization',
      () => [
        'mutation ($input: RenameOrganizationInput!) { renameOrganization(input: $input) { id } }',
        { input: { id: theirs.organization, version: 1, name: 'Mine' } },
      ],
    ],
    [
      'deleteOrganization',
      () => ['mutation ($id: ID!) { deleteOrganization(id: $id) { id } }', { id: theirs.organization }],
    ],
    [
      'restoreOrganization',
      () => ['mutation ($id: ID!) { restoreOrganization(id: $id) { id } }', { id: theirs.organization }],
    ],
    [
      'switchOrganization',
      () => [
        'mutation ($id: ID!) { switchOrganization(organizationId: $id) { accessToken } }',
        { id: theirs.organization },
      ],
    ],
    [
      'leaveOrganization',
      () => ['mutation ($id: ID!) { leaveOrganization(id: $id) { id } }', { id: theirs.organization }],
    ],
    [
      'changeMemberRole',
      () => [
        'mutation ($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { id } }',
        { input: { membershipId: theirs.colleague, role: 'VIEWER' } },
      ],
    ],
    [
      'removeMember',
      () => ['mutation ($id: ID!) { removeMember(membershipId: $id) { id } }', { id: theirs.colleague }],
    ],
    [
      'transferOwnership',
      () => [
        'mutation ($id: ID!) { transferOwnership(membershipId: $id) { newOwner { id } } }',
        { id: theirs.membership },
      ],
    ],
    [
      'resendInvitation',
      () => [
        'mutation ($input: ResendInvitationInput!) { resendInvitation(input: $input) { id } }',
        { input: { id: theirs.invitation, idempotencyKey: 'mine' } },
      ],
    ],
    ['revokeInvitation', () => ['mutation ($id: ID!) { revokeInvitation(id: $id) { id } }', { id: theirs.invitation }]],
    [
      'acceptInvitation',
      () => ['mutation ($id: ID!) { acceptInvitation(input: { id: $id }) { id } }', { id: theirs.invitation }],
    ],
    [
      'declineInvitation',
      () => ['mutation ($id: ID!) { declineInvitation(input: { id: $id }) { id } }', { id: theirs.invitation }],
    ],
    ['revokeApiKey', () => ['mutation ($id: ID!) { revokeApiKey(id: $id) { id } }', { id: theirs.apiKey }]],
  ])('%s finds nothing, and says the same as for what does not exist', async (_, ask) => {
    const [document, variables] = ask();
    const answer = await stranger.query(document, variables as never);
    expect(codeOf(answer)).toBe('NOT_FOUND');
    const invented = JSON.parse(
      JSON.stringify(variables).replaceAll(
        new RegExp(
          [theirs.organization, theirs.membership, theirs.colleague, theirs.invitation, theirs.apiKey].join('|'),
          'g',
        ),
        randomUUID(),
      ),
    );
    expect((await stranger.query(document, invented)).errors).toEqual(answer.errors);
  });

  test.each<[string, () => string[]]>([
    ['Organization', () => [theirs.organization]],
    ['Membership', () => [theirs.membership, theirs.colleague]],
    ['Invitation', () => [theirs.invitation]],
    ['ApiKey', () => [theirs.apiKey]],
  ])('a reference to %s is null', async (type, ids) => {
    const found = await subgraph.client.entities(type, ids(), 'id', { authorization: stranger.authorization });
    expect(found).toEqual(ids().map(() => null));
    expect(await subgraph.client.entities(type, ids(), 'id')).toEqual(ids().map(() => null));
  });

  test('the tables themselves show nothing, whatever the code forgets', async () => {
    const { runtime } = subgraph.running;
    const session = Session.fromClaims({ sub: stranger.id, roles: [], scope: '', iat: 0, exp: 0 });
    const seen = await withRowScope(session, async () => {
      const em = runtime.openEntityManager();
      const counts: Record<string, unknown[]> = {};
      for (const table of ['organization', 'membership', 'invitation', 'api_key']) {
        const column = table === 'organization' ? 'id' : 'organization_id';
        counts[table] = await em.execute(`select id from ${table} where ${column} = ?`, [theirs.organization]);
      }
      return counts;
    });
    expect(seen).toEqual({ organization: [], membership: [], invitation: [], api_key: [] });
  });
});

test('a member who acts for another organization sees that it exists, and nothing of what is in it', async () => {
  const authorization = elsewhere.authorization;
  const entities = (type: string, ids: string[]) => subgraph.client.entities(type, ids, 'id', { authorization });
  expect(await entities('Organization', [theirs.organization])).toEqual([{ id: theirs.organization }]);
  expect(await entities('Membership', [theirs.membership, theirs.colleague])).toEqual([null, { id: theirs.colleague }]);
  expect(await entities('Invitation', [theirs.invitation])).toEqual([null]);
  expect(await entities('ApiKey', [theirs.apiKey])).toEqual([null]);
});

describe.each(['Organization', 'Membership', 'Invitation', 'ApiKey'])('references to %s', (type) => {
  const resolve = (ids: readonly string[]) =>
    subgraph.client.entities<{ id: string }>(type, ids, 'id', { authorization: reader.authorization });

  test('cost the same number of statements for two and for twenty', async () => {
    const ids = own[type]!;
    expect(ids).toHaveLength(20);
    const two = await subgraph.sql.during(() => resolve(ids.slice(0, 2)));
    const twenty = await subgraph.sql.during(() => resolve(ids));
    expect(two).toBe(1);
    expect(twenty).toBe(two);
  });

  test('keep their order and their duplicates, and are null for what is missing or malformed', async () => {
    const [first, second] = own[type]!;
    const asked = [second!, randomUUID(), first!, 'not-an-id', second!];
    expect(await resolve(asked)).toEqual([{ id: second }, null, { id: first }, null, { id: second }]);
  });
});

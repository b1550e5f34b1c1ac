import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { jwtDecode } from './support/token.ts';
import { eventsOf, startIdentity, type TestIdentity } from './support/identity.ts';
import { codeOf, member, newcomer, type Person } from './support/person.ts';
import { colleague, found, putOnPlan, staff, switchTo } from './support/organization.ts';
import { PlanName } from '../src/plan/plan-name.ts';
import { PlatformRole } from '../src/role/platform-role.ts';

let subgraph: TestIdentity;
let ada: Person;

beforeAll(async () => {
  subgraph = await startIdentity();
  ada = await member(subgraph);
  await putOnPlan(ada, PlanName.PRO);
});

afterAll(() => subgraph.stop());

const namesOf = async (person: Person): Promise<string[]> =>
  (await person.data('{ me { organizations { name } } }')).me.organizations.map((one: { name: string }) => one.name);

describe('my organizations', () => {
  test('are listed with me, the personal one first', async () => {
    const person = await member(subgraph);
    await found(person, 'Zebra');
    await found(person, 'aardvark');
    const { me } = await person.data('{ me { email organizations { name isPersonal myRole } } }');
    expect(me).toEqual({
      email: person.email,
      organizations: [
        { name: 'Ada Lovelace', isPersonal: true, myRole: 'OWNER' },
        { name: 'aardvark', isPersonal: false, myRole: 'OWNER' },
        { name: 'Zebra', isPersonal: false, myRole: 'OWNER' },
      ],
    });
  });

  test('come with the answer of a sign-in, which has no token yet', async () => {
    const { data } = await subgraph.client.query<any>(
      `mutation ($input: LoginInput!) { login(input: $input) { ... on SignedIn { user { organizations { isPersonal } } } } }`,
      { variables: { input: { email: ada.email, password: ada.password } } },
    );
    expect(data!.login.user.organizations).toEqual([{ isPersonal: true }]);
  });

  test('are nobody else’s business', async () => {
    const { person } = await colleague(await founderOf('Shared'));
    const stranger = await member(subgraph);
    expect(await namesOf(person)).toHaveLength(2);
    const [user] = await subgraph.client.entities('User', [person.id], 'organizations { id }', {
      authorization: stranger.authorization,
    });
    expect(user).toEqual({ organizations: null });
  });

  test('cost the same for 1 and for 20 users', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 20; count += 1) ids.push((await member(subgraph)).id);
    const support = await staff(subgraph, PlatformRole.SUPPORT);
    const resolve = (some: string[]) =>
      subgraph.client.entities<{ organizations: object[] }>('User', some, 'organizations { name myRole }', {
        authorization: support.authorization,
      });
    await resolve(ids.slice(0, 1));
    const one = await subgraph.sql.during(() => resolve(ids.slice(0, 1)));
    const twenty = await subgraph.sql.during(async () => {
      expect((await resolve(ids)).every((user) => user!.organizations.length === 1)).toBe(true);
    });
    expect(twenty).toBe(one);
  }, 60_000);
});

async function founderOf(name: string): Promise<Person> {
  const person = await member(subgraph);
  await found(person, name);
  return person;
}

describe('an organization', () => {
  test('is founded by somebody with a verified address, who owns it', async () => {
    const id = await found(ada, '  Engines  ');
    expect(await eventsOf(subgraph, 'organization.created')).toContainEqual({
      organizationId: id,
      name: 'Engines',
      ownerId: ada.id,
      personal: false,
    });
    const pending = await newcomer(subgraph);
    const refused = await pending.query('mutation { createOrganization(input: { name: "Early" }) { id } }');
    expect(codeOf(refused)).toBe('FORBIDDEN');
  });

  test.each(['', '   ', 'x'.repeat(101), 'right‮left'])('is not called %j', async (name) => {
    const result = await ada.query(
      'mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { id } }',
      { input: { name } },
    );
    expect(codeOf(result)).toBe('BAD_USER_INPUT');
  });

  test('is renamed by whoever read its latest version', async () => {
    const founder = await founderOf('Before');
    const { activeOrganization } = await founder.data('{ activeOrganization { id version } }');
    const rename = (version: number, name: string) =>
      founder.query(
        'mutation ($input: RenameOrganizationInput!) { renameOrganization(input: $input) { name version } }',
        { input: { id: activeOrganization.id, version, name } },
      );
    const { version } = activeOrganization;
    expect((await rename(version, 'After')).data.renameOrganization).toEqual({ name: 'After', version: version + 1 });
    const stale = await rename(version, 'Too late');
    expect(stale.errors![0]!.extensions).toMatchObject({ code: 'VERSION_CONFLICT', currentVersion: version + 1 });
  });

  test('is not renamed by those who only work there', async () => {
    const founder = await founderOf('Ours');
    const { person } = await colleague(founder, 'MANAGER');
    const { activeOrganization } = await person.data('{ activeOrganization { id version } }');
    const result = await person.query(
      'mutation ($input: RenameOrganizationInput!) { renameOrganization(input: $input) { name } }',
      { input: { ...activeOrganization, name: 'Mine' } },
    );
    expect(codeOf(result)).toBe('FORBIDDEN');
  });
});

describe('acting for another organization', () => {
  test('goes on in the same session, which remembers it', async () => {
    const person = await member(subgraph);
    const before = person.tokens;
    const id = await found(person);
    expect(person.tokens.session.id).toBe(before.session.id);
    expect(jwtDecode(person.tokens.accessToken)).toMatchObject({ org: id, orgRole: 'OWNER', sid: before.session.id });
    await person.refresh();
    expect(jwtDecode(person.tokens.accessToken)).toMatchObject({ org: id, orgRole: 'OWNER' });
  });

  test('is for members only', async () => {
    const founder = await founderOf('Closed');
    const { activeOrganization } = await founder.data('{ activeOrganization { id } }');
    for (const organizationId of [activeOrganization.id, 'nonsense']) {
      const result = await ada.query(
        'mutation ($id: ID!) { switchOrganization(organizationId: $id) { accessToken } }',
        { id: organizationId },
      );
      expect(codeOf(result)).toBe('NOT_FOUND');
    }
  });
});

describe('a deleted organization', () => {
  const remove = (person: Person, id: string) =>
    person.query('mutation ($id: ID!) { deleteOrganization(id: $id) { id deletedAt } }', { id });
  const restore = (person: Person, id: string) =>
    person.query('mutation ($id: ID!) { restoreOrganization(id: $id) { id deletedAt } }', { id });

  test('is gone for all its members, and comes back with them within 30 days', async () => {
    const founder = await member(subgraph);
    const id = await found(founder, 'Short-lived');
    const { person } = await colleague(founder, 'ADMIN');
    expect(codeOf(await remove(person, id))).toBe('FORBIDDEN');

    expect((await remove(founder, id)).data.deleteOrganization.deletedAt).toBeTruthy();

    expect(await namesOf(person)).toEqual(['Ada Lovelace']);
    await person.refresh();
    expect(jwtDecode(person.tokens.accessToken).org).not.toBe(id);
    expect(codeOf(await restore(person, id))).toBe('NOT_FOUND');
    const { restorableOrganizations } = await founder.data('{ restorableOrganizations { id } }');
    expect(restorableOrganizations).toEqual([{ id }]);

    expect((await restore(founder, id)).data.restoreOrganization).toEqual({ id, deletedAt: null });
    expect(await namesOf(person)).toEqual(['Ada Lovelace', 'Short-lived']);
    expect((await eventsOf(subgraph, 'organization.restored')).at(-1)).toEqual({
      organizationId: id,
      name: 'Short-lived',
    });
  });

  test('stays gone after 30 days', async () => {
    await using later = await startIdentity();
    const founder = await member(later);
    const id = await found(founder);
    await remove(founder, id);
    later.clock.advance({ days: 29 });
    await founder.refresh();
    expect((await founder.data('{ restorableOrganizations { id } }')).restorableOrganizations).toHaveLength(1);
    later.clock.advance({ days: 1 });
    const again = await founder.elsewhere();
    expect((await again.data('{ restorableOrganizations { id } }')).restorableOrganizations).toEqual([]);
    expect(codeOf(await restore(again, id))).toBe('CONFLICT');
  });

  test('is never a personal one', async () => {
    const person = await member(subgraph);
    const { activeOrganization } = await person.data('{ activeOrganization { id } }');
    expect(codeOf(await remove(person, activeOrganization.id))).toBe('CONFLICT');
  });

  test('is one that its owner acts for', async () => {
    const person = await member(subgraph);
    const personal = (await person.data('{ activeOrganization { id } }')).activeOrganization.id;
    const id = await found(person);
    await switchTo(person, personal);
    expect(codeOf(await remove(person, id))).toBe('FORBIDDEN');
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventsOf, startIdentity, type TestIdentity } from './support/identity.ts';
import { codeOf, member, type Person } from './support/person.ts';

let subgraph: TestIdentity;

beforeAll(async () => {
  subgraph = await startIdentity();
});

afterAll(() => subgraph.stop());

const rowsOf = <Row>(statement: string, values: unknown[]): Promise<Row[]> =>
  subgraph.running.runtime.asSystem(({ em }) => em.execute<Row[]>(statement, values));

describe('a profile', () => {
  const UPDATE = `mutation ($input: UpdateProfileInput!) {
    updateProfile(input: $input) { name avatarUrl locale timeZone version }
  }`;

  test('changes as far as it is given, and others hear of it', async () => {
    const ada = await member(subgraph);
    const { version } = ada.tokens.user;
    const avatarUrl = 'https://images.example.com/ada.png';
    const { updateProfile } = await ada.data(UPDATE, {
      input: { version, name: ' Ada King ', avatarUrl, locale: 'de-CH' },
    });
    expect(updateProfile).toEqual({
      name: 'Ada King',
      avatarUrl,
      locale: 'de-CH',
      timeZone: 'UTC',
      version: version + 1,
    });
    expect(await eventsOf(subgraph, 'user.profile_changed')).toContainEqual({
      userId: ada.id,
      email: ada.email,
      name: 'Ada King',
      locale: 'de-CH',
      timeZone: 'UTC',
    });
    const taken = await ada.data(UPDATE, { input: { version: version + 1, avatarUrl: null } });
    expect(taken.updateProfile).toMatchObject({ avatarUrl: null, name: 'Ada King' });
  });

  test('is not overwritten by somebody who read an older one', async () => {
    const ada = await member(subgraph);
    const { version } = ada.tokens.user;
    const answers = await Promise.all(['One', 'Two'].map((name) => ada.query(UPDATE, { input: { version, name } })));
    expect(answers.map(codeOf).sort()).toEqual(['VERSION_CONFLICT', undefined]);
    const refused = answers.find((answer) => answer.errors)!;
    expect(refused.errors![0]!.extensions).toMatchObject({ currentVersion: version + 1 });
  });

  test.each([
    ['a name that is none', { name: '   ' }],
    ['a name that pretends', { name: 'gpj.\u202Exe' }],
    ['a picture that runs', { avatarUrl: 'javascript:alert(1)' }],
    ['a language that is none', { locale: '!' }],
    ['a time zone that is none', { timeZone: 'Mars/Olympus' }],
  ])('refuses %s', async (_what, change) => {
    const ada = await member(subgraph);
    const answer = await ada.query(UPDATE, { input: { version: ada.tokens.user.version, ...change } });
    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
  });

  test('switches persona, which is announced when it is a change', async () => {
    const ada = await member(subgraph);
    const SWITCH = `mutation { updatePersona(input: { persona: BUILDER }) { persona } }`;
    expect(await ada.data(SWITCH)).toEqual({ updatePersona: { persona: 'BUILDER' } });
    await ada.data(SWITCH);
    const changed = (await eventsOf(subgraph, 'user.persona_changed')).filter((event) => event.userId === ada.id);
    expect(changed).toEqual([{ userId: ada.id, persona: 'BUILDER' }]);
  });
});

describe('what is private', () => {
  const PRIVATE =
    'email emailVerifiedAt locale timeZone persona platformRole status version createdAt sessions { totalCount } hasSecondFactor';

  test('is null for others, who see name and picture', async () => {
    const [ada, eve] = [await member(subgraph), await member(subgraph)];
    const [seen] = await subgraph.client.entities('User', [ada.id], `id name avatarUrl ${PRIVATE}`, {
      authorization: eve.authorization,
    });
    const { id, name, ...rest } = seen!;
    expect({ id, name }).toEqual({ id: ada.id, name: 'Ada Lovelace' });
    expect(new Set(Object.values(rest))).toEqual(new Set([null]));
  });

  test('is there for the person, and but for their sessions for support', async () => {
    const ada = await member(subgraph);
    const { me } = await ada.data(`{ me { ${PRIVATE} } }`);
    expect(Object.values(me)).not.toContain(null);

    const support = await member(subgraph);
    await rowsOf(`update user_account set platform_role = 'SUPPORT' where id = ?`, [support.id]);
    await support.refresh();
    const { user } = await support.data(`query ($id: ID!) { user(id: $id) { ${PRIVATE} } }`, { id: ada.id });
    expect(user).toMatchObject({ email: ada.email, status: 'ACTIVE', sessions: null });
  });

  test('keeps everybody from everybody who is not signed in', async () => {
    const ada = await member(subgraph);
    expect(await subgraph.client.entities('User', [ada.id], 'id name')).toEqual([null]);
  });

  test('looking people up works for oneself, but not for strangers', async () => {
    const [ada, eve] = [await member(subgraph), await member(subgraph)];
    const find = async (by: Person, id: string) =>
      (await by.data('query ($id: ID!) { user(id: $id) { id } }', { id })).user;
    expect(await find(ada, ada.id)).toEqual({ id: ada.id });
    expect(await find(eve, ada.id)).toBeNull();
  });
});

describe('an export', () => {
  test('holds everything about the person, and no secret', async () => {
    const ada = await member(subgraph);
    await ada.elsewhere();
    const { accountExport } = await ada.data('{ accountExport }');
    expect(accountExport.profile).toEqual([expect.objectContaining({ id: ada.id, email: ada.email })]);
    expect(accountExport.organizations).toEqual([expect.objectContaining({ personal: true, role: 'OWNER' })]);
    expect(accountExport.sessions).toHaveLength(2);
    const secrets = await rowsOf<{ hash: string }>(
      `select hash from password_credential where user_id = ?
       union select hash from refresh_token where user_id = ? union select hash from one_time_token where user_id = ?`,
      [ada.id, ada.id, ada.id],
    );
    expect(secrets.length).toBeGreaterThan(2);
    for (const { hash } of secrets) expect(JSON.stringify(accountExport)).not.toContain(hash);
  });
});

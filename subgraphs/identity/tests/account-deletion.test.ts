import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventsOf, startIdentity, PASSWORD, type TestIdentity } from './support/identity.ts';
import { codeOf, member, newcomer, REFRESH, signIn } from './support/person.ts';

let subgraph: TestIdentity;

beforeAll(async () => {
  subgraph = await startIdentity();
});

afterAll(() => subgraph.stop());

const rowsOf = <Row>(statement: string, values: unknown[]): Promise<Row[]> =>
  subgraph.running.runtime.asSystem(({ em }) => em.execute<Row[]>(statement, values));

describe('deleting an account', () => {
  const DELETE = `mutation ($password: String!) { deleteAccount(input: { password: $password }) { id name email status } }`;

  test('takes the password, and leaves an anonymous trace', async () => {
    const [ada, eve] = [await member(subgraph), await member(subgraph)];
    expect(codeOf(await ada.query(DELETE, { password: 'not my password' }))).toBe('BAD_USER_INPUT');

    expect(await ada.data(DELETE, { password: PASSWORD })).toEqual({
      deleteAccount: { id: ada.id, name: 'Deleted user', email: null, status: 'DELETED' },
    });

    await expect(signIn(subgraph, ada.email)).rejects.toThrow('UNAUTHENTICATED');
    const { refreshToken } = ada.tokens;
    expect(codeOf(await subgraph.client.query(REFRESH, { variables: { input: { refreshToken } } }))).toBe(
      'UNAUTHENTICATED',
    );
    expect(await eventsOf(subgraph, 'user.deleted')).toContainEqual({ userId: ada.id });
    const reference = await subgraph.client.entities('User', [ada.id], 'name avatarUrl', {
      authorization: eve.authorization,
    });
    expect(reference).toEqual([{ name: 'Deleted user', avatarUrl: null }]);
  });

  test('leaves nothing that tells who it was', async () => {
    const ada = await member(subgraph);
    await ada.data(DELETE, { password: PASSWORD });
    for (const table of ['password_credential', 'second_factor', 'recovery_code', 'one_time_token', 'membership']) {
      expect(await rowsOf(`select from ${table} where user_id = ?`, [ada.id])).toEqual([]);
    }
    const [organization] = await rowsOf<object>('select name, deleted_at from organization where personal_to = ?', [
      ada.id,
    ]);
    expect(organization).toEqual({ name: 'Deleted organization', deleted_at: expect.anything() });
    const devices = await rowsOf<object>('select distinct device, address from auth_session where user_id = ?', [
      ada.id,
    ]);
    expect(devices).toEqual([{ device: 'Unknown device', address: null }]);
  });

  test('frees the address', async () => {
    const ada = await member(subgraph);
    await ada.data(DELETE, { password: PASSWORD });
    const again = await newcomer(subgraph, ada.email);
    expect(again.id).not.toBe(ada.id);
  });

  test('is refused while others would be left without an owner', async () => {
    const [ada, eve] = [await member(subgraph), await member(subgraph)];
    const [organization] = await rowsOf<{ id: string }>(
      `insert into organization (id, name, created_at, updated_at) values (gen_random_uuid(), 'Analytical Engines', now(), now()) returning id`,
      [],
    );
    for (const [user, role] of [
      [ada, 'OWNER'],
      [eve, 'AGENT'],
    ] as const) {
      await rowsOf(
        'insert into membership (id, organization_id, user_id, role, created_at) values (gen_random_uuid(), ?, ?, ?, now())',
        [organization!.id, user.id, role],
      );
    }
    expect(codeOf(await ada.query(DELETE, { password: PASSWORD }))).toBe('CONFLICT');
    await rowsOf(`update membership set role = 'OWNER' where user_id = ? and role = 'AGENT'`, [eve.id]);
    expect(codeOf(await ada.query(DELETE, { password: PASSWORD }))).toBeUndefined();
    const [left] = await rowsOf<object>('select deleted_at from organization where id = ?', [organization!.id]);
    expect(left).toEqual({ deleted_at: null });
  });
});

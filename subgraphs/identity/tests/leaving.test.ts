import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PlanName } from '../src/plan/plan-name.ts';
import { eventsOf, newEmail, startIdentity, type TestIdentity } from './support/identity.ts';
import { colleague, found, invite, putOnPlan, staff } from './support/organization.ts';
import { codeOf, member, type Person } from './support/person.ts';

let subgraph: TestIdentity;

beforeAll(async () => {
  subgraph = await startIdentity();
});

afterAll(() => subgraph.stop());

const deleteAccount = (person: Person) =>
  person.query('mutation ($password: String!) { deleteAccount(input: { password: $password }) { id } }', {
    password: person.password,
  });

const rowsOf = (statement: string, values: unknown[]) =>
  subgraph.running.runtime.asSystem(({ em }) => em.execute<Record<string, unknown>[]>(statement, values));

test('an export holds keys, invitations, subscriptions and impersonations, without secrets', async () => {
  const owner = await member(subgraph);
  await found(owner);
  const { person } = await colleague(owner, 'ADMIN');
  await putOnPlan(person, PlanName.PRO);
  await person.data('mutation { createApiKey(input: { name: "Import", scopes: ["crm:read"] }) { secret } }');
  const { accountExport } = await person.data('{ accountExport }');
  expect(accountExport).toMatchObject({
    apiKeys: [{ name: 'Import', scopes: ['crm:read'] }],
    invitations: [{ organization: 'Analytical Engines', status: 'ACCEPTED' }],
    subscriptions: [{ plan: 'PRO', status: 'ACTIVE' }],
    impersonations: [],
  });
  const [key] = await rowsOf('select hash from api_key where user_id = ?', [person.id]);
  expect(JSON.stringify(accountExport)).not.toContain(key!.hash);
});

test('whoever deletes their account leaves no key, invitation or subscription behind', async () => {
  const owner = await member(subgraph);
  await putOnPlan(owner, PlanName.PRO);
  await found(owner);
  const { person } = await colleague(owner, 'ADMIN');
  await putOnPlan(person, PlanName.PRO);
  const sent = (await invite(person, newEmail())).data.inviteMember.id;
  await person.data('mutation { createApiKey(input: { name: "Import", scopes: ["crm:read"] }) { secret } }');

  expect(codeOf(await deleteAccount(person))).toBeUndefined();

  expect(await rowsOf('select 1 from api_key where user_id = ? and revoked_at is null', [person.id])).toEqual([]);
  expect(await rowsOf('select 1 from invitation where email = ?', [person.email])).toEqual([]);
  expect(await rowsOf('select status from invitation where id = ?', [sent])).toEqual([{ status: 'REVOKED' }]);
  expect((await eventsOf(subgraph, 'subscription.changed')).at(-1)).toEqual({
    userId: person.id,
    plan: 'FREE',
    status: 'CANCELLED',
  });
});

test('the last super admin stays, also when two leave at the same time', async () => {
  const [one, two] = [await staff(subgraph), await staff(subgraph)];
  const answers = await Promise.all([deleteAccount(one), deleteAccount(two)]);
  expect(answers.map(codeOf).sort()).toEqual(['CONFLICT', undefined]);
});

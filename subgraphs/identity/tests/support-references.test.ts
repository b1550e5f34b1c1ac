import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PlanName } from '../src/plan/plan-name.ts';
import { PlatformRole } from '../src/role/platform-role.ts';
import { startIdentity, type TestIdentity } from './support/identity.ts';
import { putOnPlan, staff } from './support/organization.ts';
import { member, type Person } from './support/person.ts';

let subgraph: TestIdentity;
let support: Person;
let outsider: Person;
/** Twenty of each type that only support and the person concerned may see. */
const ids: Record<string, string[]> = { PlanSubscription: [], Impersonation: [] };

beforeAll(async () => {
  subgraph = await startIdentity();
  support = await staff(subgraph, PlatformRole.SUPPORT);
  outsider = await member(subgraph);
  for (let count = 0; count < 20; count += 1) {
    const person = await member(subgraph);
    await putOnPlan(person, PlanName.PRO);
    ids.PlanSubscription!.push((await person.data('{ me { subscription { id } } }')).me.subscription.id);
    const { impersonateUser } = await support.data(
      `mutation ($id: ID!) {
        impersonateUser(input: { userId: $id, reason: "Ticket 4711: no mail" }) { impersonation { id } }
      }`,
      { id: person.id },
    );
    ids.Impersonation!.push(impersonateUser.impersonation.id);
  }
}, 60_000);

afterAll(() => subgraph.stop());

describe.each(['PlanSubscription', 'Impersonation'])('references to %s', (type) => {
  const resolve = (some: readonly string[], reader = support) =>
    subgraph.client.entities<{ id: string }>(type, some, 'id', { authorization: reader.authorization });

  test('cost the same number of statements for two and for twenty', async () => {
    await resolve(ids[type]!);
    const two = await subgraph.sql.during(() => resolve(ids[type]!.slice(0, 2)));
    const twenty = await subgraph.sql.during(() => resolve(ids[type]!));
    expect(twenty).toBe(two);
  });

  test('keep their order and their duplicates, and are null for what is missing or malformed', async () => {
    const [first, second] = ids[type]!;
    const asked = [second!, randomUUID(), first!, 'not-an-id', second!];
    expect(await resolve(asked)).toEqual([{ id: second }, null, { id: first }, null, { id: second }]);
  });

  test('are null for everybody else', async () => {
    expect(await resolve(ids[type]!.slice(0, 2), outsider)).toEqual([null, null]);
  });
});

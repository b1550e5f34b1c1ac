import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { demoLogins, seedIdentity } from '../src/seed.ts';
import { eventsOf, startIdentity, type TestIdentity } from './support/identity.ts';
import { signIn } from './support/person.ts';

let subgraph: TestIdentity;

beforeAll(async () => {
  subgraph = await startIdentity();
});

afterAll(() => subgraph.stop());

test('the demo users are made once, and everybody can sign in', async () => {
  await Promise.all([seedIdentity(subgraph.running.runtime), seedIdentity(subgraph.running.runtime)]);
  expect(await seedIdentity(subgraph.running.runtime)).toBe(demoLogins);
  const registered = await eventsOf(subgraph, 'user.registered');
  expect(registered.map((event) => event.email).sort()).toEqual(demoLogins.map((login) => login.email).sort());
  for (const { email, password } of demoLogins) {
    expect((await signIn(subgraph, email, password)).user).toMatchObject({ email, status: 'ACTIVE' });
  }
});

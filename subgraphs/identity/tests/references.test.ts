import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startIdentity, type TestIdentity } from './support/identity.ts';
import { member, type Person } from './support/person.ts';

let subgraph: TestIdentity;
let ada: Person;
/** For each type that others may refer to: twenty ids that Ada may see, and one that she may not. */
let referable: Record<string, { readonly own: readonly string[]; readonly foreign: string | undefined }>;

beforeAll(async () => {
  subgraph = await startIdentity();
  ada = await member(subgraph);
  const users: string[] = [];
  for (let count = 0; count < 20; count += 1) users.push((await member(subgraph)).id);
  const sessions: string[] = [];
  for (let count = 0; count < 20; count += 1) sessions.push((await ada.elsewhere()).tokens.session.id);
  const eve = await member(subgraph);
  referable = {
    // Nobody owns a user: whoever is signed in sees their name and picture.
    User: { own: users, foreign: undefined },
    AuthSession: { own: sessions, foreign: eve.tokens.session.id },
  };
}, 60_000);

afterAll(() => subgraph.stop());

const resolve = (type: string, ids: readonly string[]) =>
  subgraph.client.entities<{ id: string }>(type, ids, 'id', { authorization: ada.authorization });

describe.each(['User', 'AuthSession'])('references to %s', (type) => {
  test('cost the same number of statements for two and for twenty', async () => {
    const { own } = referable[type]!;
    const two = await subgraph.sql.during(() => resolve(type, own.slice(0, 2)));
    const twenty = await subgraph.sql.during(() => resolve(type, own));
    expect(two).toBe(1);
    expect(twenty).toBe(two);
  });

  test('keep their order and their duplicates, and are null for what is missing, malformed or foreign', async () => {
    const { own, foreign } = referable[type]!;
    const [first, second] = own;
    const asked = [second!, randomUUID(), first!, 'not-an-id', second!, foreign ?? randomUUID()];
    expect(await resolve(type, asked)).toEqual([{ id: second }, null, { id: first }, null, { id: second }, null]);
  });
});

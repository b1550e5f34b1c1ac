import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RemoteVerificationKeys } from '@supergraph/protocol';
import { createSubgraphDatabase, TestClock } from '@supergraph/testkit';
import jsonwebtoken from 'jsonwebtoken';
import { identity } from '../src/subgraph.ts';
import { rotateSigningKeys } from '../src/signing-key/rotate-signing-keys.ts';
import { LEAST_INTERVAL_MS } from '../src/signing-key/signing-keys.ts';
import { startIdentity, type TestIdentity } from './support/identity.ts';
import { codeOf, member } from './support/person.ts';

let subgraph: TestIdentity;

beforeAll(async () => {
  subgraph = await startIdentity();
});

afterAll(() => subgraph.stop());

const kidOf = (token: string) => jsonwebtoken.decode(token, { complete: true })!.header.kid!;
const rotate = (on: TestIdentity, force = true) =>
  on.running.runtime.asSystem((work) => rotateSigningKeys(work, { force }));
const jwksUrl = (of: TestIdentity) => new URL('/.well-known/jwks.json', of.running.url);
const publishedKids = async (of: TestIdentity) => {
  const { keys } = (await (await fetch(jwksUrl(of))).json()) as { keys: { kid: string }[] };
  return keys.map((key) => key.kid);
};

test('the key set says how long it may be kept, and nothing private', async () => {
  const response = await fetch(jwksUrl(subgraph));
  expect(response.headers.get('cache-control')).toBe('public, max-age=300');
  const { keys } = (await response.json()) as { keys: Record<string, string>[] };
  expect(keys).toHaveLength(1);
  expect(Object.keys(keys[0]!).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
});

test('what lies in the database opens with the sealing secret only', async () => {
  const [row] = await subgraph.running.runtime.asSystem(({ em }) =>
    em.execute<{ sealed_private_key: string }[]>('select sealed_private_key from signing_key'),
  );
  expect(row!.sealed_private_key).not.toContain('PRIVATE KEY');
});

test('processes that start at once on a new database share one key', async () => {
  const database = await createSubgraphDatabase([identity]);
  const clock = new TestClock();
  const started = await Promise.all([1, 2, 3].map(() => startIdentity({ database, clock })));
  const kids = await Promise.all(started.map(publishedKids));
  expect(new Set(kids.flat()).size).toBe(1);
  await Promise.all(started.map((each) => each.stop()));
  await database.drop();
});

test('a process that cannot open the keys makes one of its own, whose tokens hold everywhere at once', async () => {
  await using one = await startIdentity();
  const ada = await member(one);
  await using stranger = await startIdentity({
    database: one.database,
    clock: one.clock,
    environment: { SEALING_SECRETS: ['another sealing secret that only tests use'] },
  });
  await setTimeout(LEAST_INTERVAL_MS);
  const elsewhere = await member(stranger);
  expect(kidOf(elsewhere.tokens.accessToken)).not.toBe(kidOf(ada.tokens.accessToken));
  for (const [process, { authorization }] of [
    [one, elsewhere],
    [stranger, ada],
  ] as const) {
    expect(codeOf(await process.client.query('{ me { id } }', { authorization }))).toBeUndefined();
  }
});

describe('rotation', () => {
  test('publishes the new key before it signs, and keeps the old one until its last token has ended', async () => {
    const ada = await member(subgraph);
    const old = kidOf(ada.tokens.accessToken);

    await rotate(subgraph);
    expect(await publishedKids(subgraph)).toHaveLength(2);
    await ada.refresh();
    expect(kidOf(ada.tokens.accessToken)).toBe(old);

    subgraph.clock.advance({ minutes: 9, seconds: 59 });
    await ada.refresh();
    const last = ada.tokens.accessToken;
    expect(kidOf(last)).toBe(old);

    subgraph.clock.advance({ seconds: 1 });
    await ada.refresh();
    expect(kidOf(ada.tokens.accessToken)).not.toBe(old);
    expect(await publishedKids(subgraph)).toContain(old);

    subgraph.clock.advance({ minutes: 14, seconds: 58 });
    expect(codeOf(await subgraph.client.query('{ me { id } }', { authorization: `Bearer ${last}` }))).toBeUndefined();

    subgraph.clock.advance({ minutes: 5 });
    await rotate(subgraph, false);
    expect(await publishedKids(subgraph)).toEqual([expect.not.stringMatching(old)]);
  });

  test('never fails a request, whichever process signs and whichever verifies', async () => {
    await using one = await startIdentity();
    await using two = await startIdentity({ database: one.database, clock: one.clock });
    // A third party that knows the keys by the URL only, as the gateway does. It has not seen any yet.
    const remote = new RemoteVerificationKeys(jwksUrl(two).href, { minIntervalMs: 0 });
    const ada = await member(one);
    const kids = new Set<string>();
    await rotate(one);
    for (let minute = 0; minute < 30; minute += 1) {
      one.clock.advance({ minutes: 1 });
      await ada.refresh();
      kids.add(kidOf(ada.tokens.accessToken));
      for (const process of [one, two]) {
        const answer = await process.client.query('{ me { id } }', { authorization: ada.authorization });
        expect(answer).toEqual({ data: { me: { id: ada.id } } });
      }
      expect(await remote.find(kidOf(ada.tokens.accessToken))).toBeDefined();
    }
    expect(kids.size).toBe(2);
  });

  test('comes after thirty days, once, however many processes ask for it', async () => {
    await using one = await startIdentity();
    await using two = await startIdentity({ database: one.database, clock: one.clock });
    one.clock.advance({ days: 29 });
    await rotate(one, false);
    expect(await publishedKids(one)).toHaveLength(1);
    one.clock.advance({ days: 1 });
    await Promise.all([rotate(one, false), rotate(two, false)]);
    expect(await publishedKids(one)).toHaveLength(2);
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { GraphqlResult } from '@supergraph/testkit';
import { eventsOf, newEmail, PASSWORD, startIdentity, type TestIdentity } from './support/identity.ts';
import { meanwhile } from './support/meanwhile.ts';
import { codeOf, LOGIN, member, newcomer, REFRESH, register, signIn } from './support/person.ts';

let subgraph: TestIdentity;

beforeAll(async () => {
  subgraph = await startIdentity();
});

afterAll(() => subgraph.stop());

const attempt = (email: string, password: string, where: TestIdentity = subgraph): Promise<GraphqlResult<any>> =>
  where.client.query(LOGIN, { variables: { input: { email, password } } });

/** Tells answers apart by anything but the time they were given at. */
const wordsOf = (result: GraphqlResult<any>): string => JSON.stringify(result);

describe('an address that nobody has', () => {
  test('gets the answer of a wrong password, for the same work in the database', async () => {
    const known = newEmail();
    await register(subgraph, known);
    let answers: string[] = [];
    const statements = (email: string) =>
      subgraph.sql.during(async () => {
        answers = [...answers, wordsOf(await attempt(email, 'wrong password'))];
      });
    const [forKnown, forUnknown] = [await statements(known), await statements(newEmail('nobody'))];
    expect(answers[0]).toBe(answers[1]);
    expect(answers[0]).toContain('UNAUTHENTICATED');
    expect(forUnknown).toBe(forKnown);
  });

  test('is refused in the same time', async () => {
    // As dear as in production: a hash that costs nothing would hide that one is missing.
    await using real = await startIdentity({ environment: { PASSWORD_HASH_MEMORY_KIB: 19_456 } });
    const pairs = 15;
    const known = Array.from({ length: pairs }, () => newEmail());
    for (const email of known) await register(real, email);
    const timed = async (email: string): Promise<number> => {
      const startedAt = performance.now();
      await attempt(email, 'wrong password', real);
      return performance.now() - startedAt;
    };
    const times = { known: [] as number[], unknown: [] as number[] };
    // Taking turns, so that whatever else the machine does slows both alike.
    for (const email of known) {
      times.known.push(await timed(email));
      times.unknown.push(await timed(newEmail('nobody')));
    }
    const median = (of: number[]) => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)]!;
    const ratio = median(times.unknown) / median(times.known);
    // Without a password check for nobody the ratio is about 0.2.
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.6);
  });

  test('is locked out like one that somebody has', async () => {
    const [known, unknown] = [newEmail(), newEmail('nobody')];
    await register(subgraph, known);
    for (const email of [known, unknown]) {
      const codes = await Promise.all(Array.from({ length: 7 }, () => attempt(email, 'wrong password').then(codeOf)));
      expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(5);
      expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(2);
    }
  });
});

describe('guessing', () => {
  const aliased = (email: string, passwords: readonly string[]) => {
    const fields = passwords.map(
      (password, index) => `a${index}: login(input: { email: "${email}", password: "${password}" }) { __typename }`,
    );
    return subgraph.client.query(`mutation { ${fields.join('\n')} }`);
  };

  test('gets five attempts a minute, also when fifteen are aliased in one document', async () => {
    const email = newEmail();
    await register(subgraph, email);
    const guesses = Array.from({ length: 15 }, (_, index) => (index === 9 ? PASSWORD : `wrong password ${index}`));

    const { data, errors } = await aliased(email, guesses);

    expect(Object.values(data!).filter(Boolean)).toEqual([]);
    const codes = errors!.map((error) => error.extensions!.code);
    expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(5);
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(10);
  });

  test('gets five attempts a minute from all processes together', async () => {
    const email = newEmail();
    await register(subgraph, email);
    await using second = await startIdentity({ database: subgraph.database, clock: subgraph.clock });
    const codes = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        attempt(email, 'wrong password', index % 2 ? second : subgraph).then(codeOf),
      ),
    );
    expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(5);
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(7);
  });

  test('is told when to come back', async () => {
    const email = newEmail();
    for (let count = 0; count < 5; count += 1) await attempt(email, 'wrong password');
    const refused = await attempt(email, 'wrong password');
    const { retryAfter } = refused.errors![0]!.extensions as { retryAfter: number };
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(60);
  });

  test('of many accounts from one address is limited, too', async () => {
    await using strict = await startIdentity({ environment: { SIGN_INS_PER_ADDRESS: 3 } });
    const from = (address: string) =>
      strict.client.query(LOGIN, {
        variables: { input: { email: newEmail('nobody'), password: 'wrong password' } },
        headers: { 'x-client-address': address },
      });
    const codes = [];
    for (let count = 0; count < 4; count += 1) codes.push(codeOf(await from('192.0.2.1')));
    expect(codes).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED', 'UNAUTHENTICATED', 'RATE_LIMITED']);
    expect(codeOf(await from('192.0.2.2'))).toBe('UNAUTHENTICATED');
  });

  test('for longer locks for longer, even for the right password', async () => {
    const ada = await newcomer(subgraph);
    for (let round = 0; round < 2; round += 1) {
      for (let count = 0; count < 5; count += 1) await attempt(ada.email, 'wrong password');
      subgraph.clock.advance({ minutes: 2 });
    }
    // The tenth failure locked for a minute; two have passed. The eleventh locks for two.
    expect(codeOf(await attempt(ada.email, 'wrong password'))).toBe('UNAUTHENTICATED');
    subgraph.clock.advance({ seconds: 61 });
    const locked = await attempt(ada.email, PASSWORD);
    expect(codeOf(locked)).toBe('RATE_LIMITED');
    expect(locked.errors![0]!.extensions!.retryAfter).toBeLessThanOrEqual(59);
    subgraph.clock.advance({ seconds: 60 });
    expect((await signIn(subgraph, ada.email)).user.id).toBe(ada.id);
  });
});

test('whoever knows their password signs in as often as they like', async () => {
  const email = newEmail();
  await register(subgraph, email);
  const sessions = new Set<string>();
  for (let count = 0; count < 8; count += 1) sessions.add((await signIn(subgraph, email)).session.id);
  expect(sessions.size).toBe(8);
});

test('a password that is being changed while somebody signs in with it no longer signs in', async () => {
  const ada = await member(subgraph);
  const { answer } = await meanwhile(
    subgraph,
    async (em) => {
      await em.execute('select from user_account where id = ? for update', [ada.id]);
      await em.execute(`update password_credential set hash = hash || ' ' where user_id = ?`, [ada.id]);
    },
    () => ({ answer: attempt(ada.email, PASSWORD) }),
  );
  expect(codeOf(await answer)).toBe('UNAUTHENTICATED');
});

test('a suspended user is told so, but only with the right password, and no session goes on', async () => {
  const ada = await member(subgraph);
  await subgraph.running.runtime.asSystem(async ({ em }) => {
    await em.execute(`update user_account set status = 'SUSPENDED', suspension_reason = 'spam' where id = ?`, [ada.id]);
  });
  expect(codeOf(await attempt(ada.email, PASSWORD))).toBe('FORBIDDEN');
  expect(codeOf(await attempt(ada.email, 'wrong password'))).toBe('UNAUTHENTICATED');
  const { refreshToken } = ada.tokens;
  const refreshed = await subgraph.client.query(REFRESH, { variables: { input: { refreshToken } } });
  expect(codeOf(refreshed)).toBe('UNAUTHENTICATED');
});

test('a kind of device that is new to somebody is announced as such, but not their first', async () => {
  const ada = await newcomer(subgraph);
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';
  await ada.elsewhere(firefox);
  await ada.elsewhere(firefox.replaceAll('145', '146'));
  const started = (await eventsOf(subgraph, 'session.started')).filter((event) => event.userId === ada.id);
  expect(started.map(({ device, newDevice }) => ({ device, newDevice }))).toEqual([
    { device: 'Unknown device', newDevice: false },
    { device: 'Firefox on Linux', newDevice: true },
    { device: 'Firefox on Linux', newDevice: false },
  ]);
});

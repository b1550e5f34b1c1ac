import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestClock } from '@supergraph/testkit';
import { codeOf, type GraphClient } from './support/graph.client.ts';
import { mailedToken } from './support/mailbox.ts';
import { LOGIN, PASSWORD, register, signIn } from './support/people.ts';
import { startTestSupergraph, type TestSupergraph } from './support/test-supergraph.ts';

const clock = new TestClock();
let graph: TestSupergraph;

beforeAll(async () => {
  // The gateway would be the first to refuse; here it is about what identity holds by itself.
  graph = await startTestSupergraph({ clock, environment: { RATE_LIMITS: 'Mutation.login=off' } });
}, 60_000);

afterAll(() => graph?.stop());

const attempt = (email: string, password: string) => graph.client().query(LOGIN, { input: { email, password } });

describe('signing in with an address that nobody has', () => {
  const PAIRS = 12;

  it('gets the answer of a wrong password, in the same time', async () => {
    const known = Array.from({ length: PAIRS }, (_, index) => `known-${index}@example.com`);
    for (const email of known) await register(graph.client(), email);
    const times = { known: [] as number[], unknown: [] as number[] };
    const answers = new Set<string>();
    const timed = async (email: string): Promise<number> => {
      const startedAt = performance.now();
      answers.add(JSON.stringify(await attempt(email, 'wrong password')));
      return performance.now() - startedAt;
    };
    // Taking turns, so that whatever else the machine does slows both alike.
    for (const email of known) {
      times.known.push(await timed(email));
      times.unknown.push(await timed(email.replace('known', 'nobody')));
    }
    expect([...answers]).toHaveLength(1);
    expect([...answers][0]).toContain('UNAUTHENTICATED');
    const median = (of: number[]) => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)]!;
    const ratio = median(times.unknown) / median(times.known);
    // A sign-in that looks for a password only where there is one answers in less than a third of the time.
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  }, 30_000);
});

describe('guessing a password', () => {
  /** As many sign-ins as there are passwords, in one document. */
  function aliased(email: string, passwords: readonly string[]) {
    const fields = passwords.map(
      (password, index) => `a${index}: login(input: { email: "${email}", password: "${password}" }) { __typename }`,
    );
    return graph.client().query(`mutation { ${fields.join('\n')} }`);
  }

  it.each(['somebody', 'nobody'])('of %s stops after five in a minute, also in one document', async (name) => {
    const email = `${name}@example.com`;
    if (name === 'somebody') await register(graph.client(), email);
    const guesses = Array.from({ length: 15 }, (_, index) => (index === 8 ? PASSWORD : `wrong password ${index}`));

    const { data, errors } = await aliased(email, guesses);

    expect(Object.values(data)).toEqual(guesses.map(() => null));
    const codes = errors!.map((error) => error.extensions!.code);
    expect(codes).toEqual([...Array(5).fill('UNAUTHENTICATED'), ...Array(10).fill('RATE_LIMITED')]);
    expect(codeOf(await attempt(email.toUpperCase(), PASSWORD))).toBe('RATE_LIMITED');
  });
});

describe('a mailed token', () => {
  const REQUEST = 'mutation ($email: EmailAddress!) { requestPasswordReset(input: { email: $email }) { accepted } }';
  const RESET = 'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { id } }';

  let admin: GraphClient;

  beforeAll(async () => {
    admin = graph.client();
    const demo = graph.demoLogins.find(({ description }) => description === 'super admin')!;
    await signIn(admin, demo.email, demo.password);
  });

  it('resets one password, however many use it at the same time', async () => {
    const email = 'forgetful@example.com';
    await register(graph.client(), email);
    await graph.client().queryData(REQUEST, { email });
    const token = await mailedToken(admin, email, 'reset-password');
    const wanted = ['first new password', 'second new password', 'third new password', 'fourth new password'];

    const answers = await Promise.all(
      wanted.map((newPassword) => graph.client().query(RESET, { input: { token, newPassword } })),
    );

    const won = answers.map((answer) => answer.data?.resetPassword != null);
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(answers.map(codeOf).filter(Boolean)).toEqual(Array(3).fill('BAD_USER_INPUT'));
    for (const [index, password] of wanted.entries()) {
      expect(codeOf(await attempt(email, password))).toBe(won[index] ? undefined : 'UNAUTHENTICATED');
    }
    expect(codeOf(await graph.client().query(RESET, { input: { token, newPassword: wanted[0] } }))).toBe(
      'BAD_USER_INPUT',
    );
  });
});

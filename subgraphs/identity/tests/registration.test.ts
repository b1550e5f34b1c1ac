import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import jsonwebtoken from 'jsonwebtoken';
import { eventsOf, mailedToken, newEmail, PASSWORD, startIdentity, type TestIdentity } from './support/identity.ts';
import { codeOf, member, newcomer, register, REGISTER, signIn, verify } from './support/person.ts';

let subgraph: TestIdentity;

beforeAll(async () => {
  subgraph = await startIdentity();
});

afterAll(() => subgraph.stop());

const scopeOf = (accessToken: string) => (jsonwebtoken.decode(accessToken) as { scope: string }).scope;

describe('registering', () => {
  test('gives an account that can sign in at once, with permissions once the address is verified', async () => {
    const ada = await newcomer(subgraph);
    expect(ada.tokens.user).toMatchObject({ email: ada.email, status: 'PENDING' });
    expect(scopeOf(ada.tokens.accessToken)).toBe('');

    await verify(subgraph, ada.email);
    await ada.refresh();

    expect(ada.tokens.user.status).toBe('ACTIVE');
    expect(scopeOf(ada.tokens.accessToken).split(' ')).toContain('crm:write');
  });

  test('makes a personal organization of which the person is the owner', async () => {
    const ada = await newcomer(subgraph);
    const claims = jsonwebtoken.decode(ada.tokens.accessToken);
    const created = (await eventsOf(subgraph, 'organization.created')).find(({ ownerId }) => ownerId === ada.id);
    expect(created).toMatchObject({ personal: true });
    expect(claims).toMatchObject({
      org: created!.organizationId,
      orgRole: 'OWNER',
      roles: ['MEMBER'],
      persona: 'CUSTOMER',
    });
  });

  test('takes an address however it is written, and once only', async () => {
    const email = newEmail();
    await register(subgraph, email.toUpperCase());
    await register(subgraph, email);
    const registered = await eventsOf(subgraph, 'user.registered');
    expect(registered.filter((event) => event.email === email)).toHaveLength(1);
    expect((await signIn(subgraph, email)).user.email).toBe(email);
  });

  test('answers the same for an address that is taken, and tells its owner by mail', async () => {
    const owner = await member(subgraph);
    const attempt = (email: string) =>
      subgraph.client.query(REGISTER, { variables: { input: { email, password: 'another password', name: 'Eve' } } });
    const free = newEmail();
    const [forTaken, forFree] = [await attempt(owner.email), await attempt(free)];

    expect(JSON.stringify(forTaken).replace(owner.email, free)).toBe(JSON.stringify(forFree));
    const repeated = await eventsOf(subgraph, 'user.registration_repeated');
    expect(repeated).toContainEqual(expect.objectContaining({ userId: owner.id, email: owner.email }));
  });

  test('of a pending address keeps the first password, so that nobody can slip theirs in', async () => {
    const victim = newEmail();
    await register(subgraph, victim);
    const input = { email: victim, password: 'password of an attacker', name: 'Eve' };
    await subgraph.client.queryData(REGISTER, { variables: { input } });
    await verify(subgraph, victim);

    await expect(signIn(subgraph, victim, input.password)).rejects.toThrow('UNAUTHENTICATED');
    expect((await signIn(subgraph, victim, PASSWORD)).user.status).toBe('ACTIVE');
  });

  test('five times at once with one address makes one account and five equal answers', async () => {
    const email = newEmail();
    const input = { email, password: PASSWORD, name: 'Ada' };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => subgraph.client.query(REGISTER, { variables: { input } })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ data: { register: { accepted: true, email } } })]),
    );
    const registered = await eventsOf(subgraph, 'user.registered');
    expect(registered.filter((event) => event.email === email)).toHaveLength(1);
  });

  test('refuses what is not an address, a name or a password, each at its place', async () => {
    const input = { email: newEmail(), password: 'short', name: ' ', timeZone: 'Mars/Olympus' };
    const refused = await subgraph.client.query(REGISTER, { variables: { input } });
    expect(codeOf(refused)).toBe('BAD_USER_INPUT');
    const fields = refused.errors![0]!.extensions!.fields as { path: string }[];
    expect(fields.map((field) => field.path).sort()).toEqual(['name', 'password', 'timeZone']);
  });

  test('from one address is limited', async () => {
    await using strict = await startIdentity({ environment: { REGISTRATIONS_PER_ADDRESS: 2 } });
    const attempt = () =>
      strict.client.query(REGISTER, {
        variables: { input: { email: newEmail(), password: PASSWORD, name: 'Ada' } },
        headers: { 'x-client-address': '192.0.2.7' },
      });
    expect([codeOf(await attempt()), codeOf(await attempt())]).toEqual([undefined, undefined]);
    expect(codeOf(await attempt())).toBe('RATE_LIMITED');
  });
});

describe('verifying an address', () => {
  const VERIFY = `mutation ($token: String!) { verifyEmail(input: { token: $token }) { status email emailVerifiedAt } }`;

  test('works once, and announces it', async () => {
    const email = newEmail();
    await register(subgraph, email);
    const token = await mailedToken(subgraph, 'email_verification.requested', email);

    const [first, second] = await Promise.all([
      subgraph.client.query(VERIFY, { variables: { token } }),
      subgraph.client.query(VERIFY, { variables: { token } }),
    ]);

    expect([codeOf(first!), codeOf(second!)].sort()).toEqual(['BAD_USER_INPUT', undefined]);
    const verified = (await eventsOf(subgraph, 'user.verified')).filter((event) => event.email === email);
    expect(verified).toHaveLength(1);
  });

  test('ends with its time', async () => {
    const email = newEmail();
    await register(subgraph, email);
    const token = await mailedToken(subgraph, 'email_verification.requested', email);
    subgraph.clock.advance({ hours: 24 });
    expect(codeOf(await subgraph.client.query(VERIFY, { variables: { token } }))).toBe('BAD_USER_INPUT');
  });

  test('goes by the latest mail; asking for one answers the same for an address nobody has', async () => {
    const email = newEmail();
    await register(subgraph, email);
    const first = await mailedToken(subgraph, 'email_verification.requested', email);
    const resend = (to: string) =>
      subgraph.client.query(
        `mutation ($email: EmailAddress!) { resendVerification(input: { email: $email }) { accepted } }`,
        {
          variables: { email: to },
        },
      );
    expect(await resend(email)).toEqual(await resend(newEmail('nobody')));
    await subgraph.runJobs();

    const second = await mailedToken(subgraph, 'email_verification.requested', email);
    expect(second).not.toBe(first);
    expect(codeOf(await subgraph.client.query(VERIFY, { variables: { token: first } }))).toBe('BAD_USER_INPUT');
    const { verifyEmail } = await subgraph.client.queryData(VERIFY, { variables: { token: second } });
    expect(verifyEmail).toMatchObject({ status: 'ACTIVE', email });
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { issueAccessToken } from '../src/auth-session/issue-access-token.ts';
import { eventsOf, mailedToken, newEmail, PASSWORD, startIdentity, type TestIdentity } from './support/identity.ts';
import { codeOf, LOGIN, member, newcomer, REFRESH, signIn } from './support/person.ts';

let subgraph: TestIdentity;

beforeAll(async () => {
  subgraph = await startIdentity();
});

afterAll(() => subgraph.stop());

const NEW_PASSWORD = 'a staple for the battery';

const REQUEST = `mutation ($email: EmailAddress!) { requestPasswordReset(input: { email: $email }) { accepted email } }`;
const RESET = `mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { id status } }`;
const CHANGE = `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { id } }`;

async function requestReset(email: string): Promise<string> {
  await subgraph.client.queryData(REQUEST, { variables: { email } });
  await subgraph.runJobs();
  return mailedToken(subgraph, 'password_reset.requested', email);
}

const reset = (token: string, newPassword = NEW_PASSWORD) =>
  subgraph.client.query(RESET, { variables: { input: { token, newPassword } } });

describe('asking for a reset', () => {
  test('answers the same for an address that nobody has, for the same work in the database', async () => {
    const ada = await member(subgraph);
    const nobody = newEmail('nobody');
    const answers: string[] = [];
    const ask = (email: string) =>
      subgraph.sql.during(async () => {
        const answer = await subgraph.client.query(REQUEST, { variables: { email } });
        answers.push(JSON.stringify(answer).replace(email, '…'));
      });
    // The first one warms up the connection to the job queue.
    await ask(newEmail('nobody'));
    const [forKnown, forUnknown] = [await ask(ada.email), await ask(nobody)];
    expect(answers[1]).toBe(answers[2]);
    expect(forKnown).toBe(forUnknown);
    await subgraph.runJobs();
    const mailed = (await eventsOf(subgraph, 'password_reset.requested')).map((event) => event.email);
    expect(mailed).toContain(ada.email);
    expect(mailed).not.toContain(nobody);
  });

  test('is limited to five mails an hour for one address', async () => {
    const email = newEmail('nobody');
    const codes = [];
    for (let count = 0; count < 6; count += 1) {
      codes.push(codeOf(await subgraph.client.query(REQUEST, { variables: { email } })));
    }
    expect(codes).toEqual([undefined, undefined, undefined, undefined, undefined, 'RATE_LIMITED']);
  });

  test('leaves no readable token in the event log', async () => {
    const ada = await member(subgraph);
    const token = await requestReset(ada.email);
    const [log] = await subgraph.running.runtime.asSystem(({ em }) =>
      em.execute<{ text: string }[]>(`select string_agg(data::text, '') as text from bus.event`),
    );
    expect(log!.text).not.toContain(token);
  });
});

describe('a reset', () => {
  test('sets the password and ends every session', async () => {
    const ada = await member(subgraph);
    const phone = await ada.elsewhere();
    expect(codeOf(await reset(await requestReset(ada.email)))).toBeUndefined();

    await expect(signIn(subgraph, ada.email, PASSWORD)).rejects.toThrow('UNAUTHENTICATED');
    expect((await signIn(subgraph, ada.email, NEW_PASSWORD)).user.id).toBe(ada.id);
    for (const { refreshToken } of [ada.tokens, phone.tokens]) {
      expect(codeOf(await subgraph.client.query(REFRESH, { variables: { input: { refreshToken } } }))).toBe(
        'UNAUTHENTICATED',
      );
    }
    const revoked = (await eventsOf(subgraph, 'session.revoked')).filter((event) => event.userId === ada.id);
    expect(revoked.map((event) => event.reason)).toEqual(['PASSWORD_CHANGED', 'PASSWORD_CHANGED']);
  });

  test('done twice at once with one token, in two processes, has one winner', async () => {
    await using second = await startIdentity({ database: subgraph.database, clock: subgraph.clock });
    for (let round = 0; round < 5; round += 1) {
      const ada = await member(subgraph);
      const token = await requestReset(ada.email);
      const passwords = ['the first of two words', 'the second of two words'];
      const answers = await Promise.all(
        [subgraph, second].map((where, index) =>
          where.client.query(RESET, { variables: { input: { token, newPassword: passwords[index] } } }),
        ),
      );
      expect(answers.map(codeOf).sort()).toEqual(['BAD_USER_INPUT', undefined]);
      const winner = answers.findIndex((answer) => !answer.errors);
      expect((await signIn(subgraph, ada.email, passwords[winner])).user.id).toBe(ada.id);
      await expect(signIn(subgraph, ada.email, passwords[1 - winner])).rejects.toThrow('UNAUTHENTICATED');
    }
  });

  test('ends with its time, and with the next mail', async () => {
    const ada = await member(subgraph);
    const first = await requestReset(ada.email);
    const second = await requestReset(ada.email);
    expect(codeOf(await reset(first))).toBe('BAD_USER_INPUT');
    subgraph.clock.advance({ minutes: 30 });
    expect(codeOf(await reset(second))).toBe('BAD_USER_INPUT');
  });

  test('with a password that is too weak leaves the token good', async () => {
    const ada = await member(subgraph);
    const token = await requestReset(ada.email);
    expect(codeOf(await reset(token, 'aaaaaaaaaaaa'))).toBe('BAD_USER_INPUT');
    expect(codeOf(await reset(token))).toBeUndefined();
  });

  test('shows whose address it is, so it verifies the pending', async () => {
    const ada = await newcomer(subgraph);
    const answer = await reset(await requestReset(ada.email));
    expect(answer).toEqual({ data: { resetPassword: { id: ada.id, status: 'ACTIVE' } } });
  });

  test('ends a lockout', async () => {
    const ada = await member(subgraph);
    for (let count = 0; count < 10; count += 1) {
      if (count === 5) subgraph.clock.advance({ minutes: 2 });
      await subgraph.client.query(LOGIN, { variables: { input: { email: ada.email, password: 'wrong password' } } });
    }
    subgraph.clock.advance({ seconds: 59 });
    await reset(await requestReset(ada.email));
    subgraph.clock.advance({ seconds: 1 });
    expect((await signIn(subgraph, ada.email, NEW_PASSWORD)).user.id).toBe(ada.id);
  });
});

describe('changing the password', () => {
  test('takes the current one, and ends all other sessions', async () => {
    const ada = await member(subgraph);
    const phone = await ada.elsewhere();
    const change = (currentPassword: string) =>
      ada.query(CHANGE, { input: { currentPassword, newPassword: NEW_PASSWORD } });

    expect(codeOf(await change('not my password'))).toBe('BAD_USER_INPUT');
    expect(codeOf(await change(PASSWORD))).toBeUndefined();

    const refresh = (refreshToken: string) =>
      subgraph.client.query(REFRESH, { variables: { input: { refreshToken } } });
    expect(codeOf(await refresh(phone.tokens.refreshToken))).toBe('UNAUTHENTICATED');
    expect(codeOf(await refresh(ada.tokens.refreshToken))).toBeUndefined();
    expect(await eventsOf(subgraph, 'password.changed')).toContainEqual({ userId: ada.id });
  });

  test('at an open laptop is guessing like any other', async () => {
    const ada = await member(subgraph);
    const guess = (currentPassword: string) =>
      ada.query(CHANGE, { input: { currentPassword, newPassword: NEW_PASSWORD } });
    const codes = await Promise.all(Array.from({ length: 7 }, () => guess('not my password').then(codeOf)));
    expect(codes.filter((code) => code === 'BAD_USER_INPUT')).toHaveLength(5);
    expect(codeOf(await guess(PASSWORD))).toBe('RATE_LIMITED');
  });

  test('is not for support that works in the person’s name', async () => {
    const ada = await member(subgraph);
    const support = await member(subgraph);
    const { token } = await issueAccessToken(
      { services: subgraph.running.runtime.services, clock: subgraph.clock },
      {
        user: { id: ada.id, persona: 'CUSTOMER' } as never,
        grants: { roles: [], permissions: [] },
        sessionId: ada.tokens.session.id,
        actorId: support.id,
      },
    );
    const answer = await subgraph.client.query(CHANGE, {
      variables: { input: { currentPassword: PASSWORD, newPassword: NEW_PASSWORD } },
      authorization: `Bearer ${token}`,
    });
    expect(codeOf(answer)).toBe('FORBIDDEN');
  });
});

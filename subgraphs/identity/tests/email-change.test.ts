import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventsOf, mailedToken, newEmail, PASSWORD, startIdentity, type TestIdentity } from './support/identity.ts';
import { codeOf, member, newcomer, register, signIn, verify } from './support/person.ts';

let subgraph: TestIdentity;

beforeAll(async () => {
  subgraph = await startIdentity();
});

afterAll(() => subgraph.stop());

describe('another e-mail address', () => {
  const CHANGE = `mutation ($newEmail: EmailAddress!, $password: String!) {
    requestEmailChange(input: { newEmail: $newEmail, password: $password }) { accepted }
  }`;

  test('takes effect when its mail comes back', async () => {
    const ada = await member(subgraph);
    const newAddress = newEmail('countess');
    await ada.data(CHANGE, { newEmail: newAddress.toUpperCase(), password: PASSWORD });
    await subgraph.runJobs();
    await expect(signIn(subgraph, newAddress)).rejects.toThrow('UNAUTHENTICATED');
    await verify(subgraph, newAddress);
    expect((await signIn(subgraph, newAddress)).user.id).toBe(ada.id);
    await expect(signIn(subgraph, ada.email)).rejects.toThrow('UNAUTHENTICATED');
    expect(await eventsOf(subgraph, 'user.profile_changed')).toContainEqual(
      expect.objectContaining({ userId: ada.id, email: newAddress }),
    );
  });

  test('that is somebody’s gets the same answer and no mail', async () => {
    const [ada, eve] = [await member(subgraph), await member(subgraph)];
    const forTaken = await eve.data(CHANGE, { newEmail: ada.email, password: PASSWORD });
    expect(forTaken).toEqual(await eve.data(CHANGE, { newEmail: newEmail(), password: PASSWORD }));
    await subgraph.runJobs();
    const mails = (await eventsOf(subgraph, 'email_verification.requested')).filter(
      (event) => event.userId === eve.id && event.email === ada.email,
    );
    expect(mails).toEqual([]);
  });

  test('that became somebody’s meanwhile stays theirs', async () => {
    const eve = await member(subgraph);
    const contested = newEmail();
    await eve.data(CHANGE, { newEmail: contested, password: PASSWORD });
    await subgraph.runJobs();
    const token = await mailedToken(subgraph, 'email_verification.requested', contested);
    await register(subgraph, contested);
    const answer = await subgraph.client.query(
      `mutation ($token: String!) { verifyEmail(input: { token: $token }) { id } }`,
      {
        variables: { token },
      },
    );
    expect(codeOf(answer)).toBe('CONFLICT');
  });

  test('verifies somebody who mistyped theirs at registration', async () => {
    const ada = await newcomer(subgraph);
    const right = newEmail();
    await ada.data(CHANGE, { newEmail: right, password: PASSWORD });
    await subgraph.runJobs();
    await verify(subgraph, right);
    expect((await signIn(subgraph, right)).user).toMatchObject({ id: ada.id, status: 'ACTIVE' });
  });

  test('takes the password', async () => {
    const ada = await member(subgraph);
    expect(codeOf(await ada.query(CHANGE, { newEmail: newEmail(), password: 'not my password' }))).toBe(
      'BAD_USER_INPUT',
    );
  });
});

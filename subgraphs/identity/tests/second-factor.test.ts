import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { codeAt } from '../src/second-factor/totp.ts';
import { PASSWORD, startIdentity, type TestIdentity } from './support/identity.ts';
import { codeOf, LOGIN, member, type Person, TOKENS } from './support/person.ts';

let subgraph: TestIdentity;

beforeAll(async () => {
  subgraph = await startIdentity();
});

afterAll(() => subgraph.stop());

const ENROL = `mutation ($password: String!) { enrolSecondFactor(input: { password: $password }) { secret url } }`;
const CONFIRM = `mutation ($code: String!) { confirmSecondFactor(input: { code: $code }) { codes } }`;
const COMPLETE = `mutation ($input: CompleteLoginInput!) { completeLogin(input: $input) { ${TOKENS} } }`;
const STATE = '{ me { hasSecondFactor } }';

interface Equipped {
  readonly person: Person;
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

/** Somebody with an authenticator app, half a minute after setting it up. */
async function equipped(): Promise<Equipped> {
  const person = await member(subgraph);
  const { enrolSecondFactor } = await person.data(ENROL, { password: PASSWORD });
  const { secret } = enrolSecondFactor;
  const { confirmSecondFactor } = await person.data(CONFIRM, { code: codeAt(secret, subgraph.clock.now()) });
  subgraph.clock.advance({ seconds: 30 });
  return { person, secret, recoveryCodes: confirmSecondFactor.codes };
}

async function challengeOf(person: Person): Promise<string> {
  const { login } = await subgraph.client.queryData(LOGIN, {
    variables: { input: { email: person.email, password: PASSWORD } },
  });
  expect(login.__typename).toBe('SecondFactorRequired');
  return login.challenge;
}

const complete = (input: { challenge: string; code?: string; recoveryCode?: string }, where = subgraph) =>
  where.client.query(COMPLETE, { variables: { input } });

describe('setting up', () => {
  test('shows a secret as text and as a URL, and asks for nothing before it is confirmed', async () => {
    const ada = await member(subgraph);
    const { enrolSecondFactor: enrolment } = await ada.data(ENROL, { password: PASSWORD });
    expect(enrolment.url).toMatch(/^otpauth:\/\/totp\/Supergraph:.+\?issuer=Supergraph&secret=/);
    expect(enrolment.url).toContain(`secret=${enrolment.secret}`);
    expect(await ada.data(STATE)).toEqual({ me: { hasSecondFactor: false } });
    await ada.elsewhere();
  });

  test('takes the password and a code of the app', async () => {
    const ada = await member(subgraph);
    expect(codeOf(await ada.query(ENROL, { password: 'not my password' }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await ada.query(CONFIRM, { code: '000000' }))).toBe('CONFLICT');
    const { enrolSecondFactor } = await ada.data(ENROL, { password: PASSWORD });
    expect(codeOf(await ada.query(CONFIRM, { code: 'abcdef' }))).toBe('BAD_USER_INPUT');
    const { confirmSecondFactor } = await ada.data(CONFIRM, {
      code: codeAt(enrolSecondFactor.secret, subgraph.clock.now()),
    });
    expect(new Set(confirmSecondFactor.codes).size).toBe(10);
    expect(await ada.data(STATE)).toEqual({ me: { hasSecondFactor: true } });
    expect(codeOf(await ada.query(ENROL, { password: PASSWORD }))).toBe('CONFLICT');
  });

  test('keeps neither the secret nor the recovery codes readable', async () => {
    const { person, secret, recoveryCodes } = await equipped();
    const [kept] = await subgraph.running.runtime.asSystem(({ em }) =>
      em.execute<{ factor: string; codes: string }[]>(
        `select (select sealed_secret from second_factor where user_id = ?) as factor,
           (select string_agg(hash, ' ') from recovery_code where user_id = ?) as codes`,
        [person.id, person.id],
      ),
    );
    expect(kept!.factor).not.toContain(secret);
    expect(kept!.codes).not.toContain(recoveryCodes[0]);
  });
});

describe('signing in with a second factor', () => {
  test('takes the code after the password', async () => {
    const { person, secret } = await equipped();
    const challenge = await challengeOf(person);
    const answer = await complete({ challenge, code: codeAt(secret, subgraph.clock.now()) });
    expect(answer.data!.completeLogin).toMatchObject({ user: { id: person.id, email: person.email } });
  });

  test('takes a code once, though it is shown for half a minute', async () => {
    const { person, secret } = await equipped();
    const code = codeAt(secret, subgraph.clock.now());
    const challenges = [await challengeOf(person), await challengeOf(person)];
    expect(codeOf(await complete({ challenge: challenges[0]!, code }))).toBeUndefined();
    expect(codeOf(await complete({ challenge: challenges[1]!, code }))).toBe('UNAUTHENTICATED');
  });

  test('gives one code that comes twice at once, in two processes, to one of them', async () => {
    await using second = await startIdentity({ database: subgraph.database, clock: subgraph.clock });
    const { person, secret } = await equipped();
    const challenges = [await challengeOf(person), await challengeOf(person)];
    const code = codeAt(secret, subgraph.clock.now());
    const answers = await Promise.all([
      complete({ challenge: challenges[0]!, code }),
      complete({ challenge: challenges[1]!, code }, second),
    ]);
    expect(answers.map(codeOf).sort()).toEqual(['UNAUTHENTICATED', undefined]);
  });

  test('does not take the code of a step before the last one that was taken', async () => {
    const { person, secret } = await equipped();
    const earlier = codeAt(secret, subgraph.clock.now());
    subgraph.clock.advance({ seconds: 30 });
    const challenge = await challengeOf(person);
    await complete({ challenge, code: codeAt(secret, subgraph.clock.now()) });
    expect(codeOf(await complete({ challenge: await challengeOf(person), code: earlier }))).toBe('UNAUTHENTICATED');
  });

  test('takes a challenge once and for five minutes', async () => {
    const { person, secret } = await equipped();
    const used = await challengeOf(person);
    await complete({ challenge: used, code: codeAt(secret, subgraph.clock.now()) });
    subgraph.clock.advance({ seconds: 60 });
    expect(codeOf(await complete({ challenge: used, code: codeAt(secret, subgraph.clock.now()) }))).toBe(
      'UNAUTHENTICATED',
    );
    const late = await challengeOf(person);
    subgraph.clock.advance({ minutes: 5 });
    expect(codeOf(await complete({ challenge: late, code: codeAt(secret, subgraph.clock.now()) }))).toBe(
      'UNAUTHENTICATED',
    );
  });

  test('lets codes be guessed five times a minute, however many challenges there are', async () => {
    const { person, secret } = await equipped();
    const codes = [];
    for (let count = 0; count < 6; count += 1) {
      codes.push(codeOf(await complete({ challenge: await challengeOf(person), code: '00000' + count })));
    }
    expect(codes.at(-1)).toBe('RATE_LIMITED');
    const right = { challenge: await challengeOf(person), code: codeAt(secret, subgraph.clock.now()) };
    expect(codeOf(await complete(right))).toBe('RATE_LIMITED');
  });

  test('takes either a code or a recovery code', async () => {
    const { person } = await equipped();
    const challenge = await challengeOf(person);
    expect(codeOf(await complete({ challenge }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await complete({ challenge, code: '123456', recoveryCode: 'abcd' }))).toBe('BAD_USER_INPUT');
  });
});

describe('a recovery code', () => {
  test('is good for one sign-in, however it is typed', async () => {
    const { person, recoveryCodes } = await equipped();
    const typed = recoveryCodes[0]!.toUpperCase().replaceAll('-', ' ');
    expect(codeOf(await complete({ challenge: await challengeOf(person), recoveryCode: typed }))).toBeUndefined();
    const again = { challenge: await challengeOf(person), recoveryCode: recoveryCodes[0]! };
    expect(codeOf(await complete(again))).toBe('UNAUTHENTICATED');
  });

  test('used twice at once has one winner', async () => {
    await using second = await startIdentity({ database: subgraph.database, clock: subgraph.clock });
    const { person, recoveryCodes } = await equipped();
    const challenges = [await challengeOf(person), await challengeOf(person)];
    const recoveryCode = recoveryCodes[0]!;
    const answers = await Promise.all([
      complete({ challenge: challenges[0]!, recoveryCode }),
      complete({ challenge: challenges[1]!, recoveryCode }, second),
    ]);
    expect(answers.map(codeOf).sort()).toEqual(['UNAUTHENTICATED', undefined]);
  });

  test('is void once there are new ones', async () => {
    const { person, recoveryCodes } = await equipped();
    const REGENERATE = `mutation ($password: String!) { regenerateRecoveryCodes(input: { password: $password }) { codes } }`;
    const { regenerateRecoveryCodes } = await person.data(REGENERATE, { password: PASSWORD });
    const old = { challenge: await challengeOf(person), recoveryCode: recoveryCodes[1]! };
    expect(codeOf(await complete(old))).toBe('UNAUTHENTICATED');
    const fresh = { challenge: await challengeOf(person), recoveryCode: regenerateRecoveryCodes.codes[0] };
    expect(codeOf(await complete(fresh))).toBeUndefined();
  });
});

test('turned off, it is asked for no more', async () => {
  const { person } = await equipped();
  const DISABLE = `mutation ($password: String!) { disableSecondFactor(input: { password: $password }) { hasSecondFactor } }`;
  expect(codeOf(await person.query(DISABLE, { password: 'not my password' }))).toBe('BAD_USER_INPUT');
  expect(await person.data(DISABLE, { password: PASSWORD })).toEqual({
    disableSecondFactor: { hasSecondFactor: false },
  });
  await person.elsewhere();
});

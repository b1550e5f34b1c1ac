import { expect, test } from '@jest/globals';
import { PasswordHasher } from './password.hasher.ts';

test('a password is kept as Argon2id, differently each time, and recognised', async () => {
  const passwords = await PasswordHasher.create(19_456);
  const [one, two] = [await passwords.hash('correct horse'), await passwords.hash('correct horse')];
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
  expect(await passwords.verify('correct horse', one)).toBe(true);
  expect(await passwords.verify('correct horses', one)).toBe(false);
});

test('nobody has a password, not even the one their hash is made of', async () => {
  const passwords = await PasswordHasher.create(19_456);
  expect(await passwords.verify('nobody has this password', undefined)).toBe(false);
});

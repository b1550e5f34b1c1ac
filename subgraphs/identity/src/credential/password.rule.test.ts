import { expect, test } from '@jest/globals';
import { weaknessOf } from './password.rule.ts';

test.each(['correct horse', '0123456789', 'пароль-пароль', '🔑🐎🔋🖇️ and a word'])('"%s" will do', (password) => {
  expect(weaknessOf(password)).toBeUndefined();
});

test.each([
  ['short', 'at least 10'],
  ['🔑🐎🔋🖇', 'at least 10'],
  ['aaaaaaaaaaaaaa', 'different'],
  ['abcabcabcabc', 'different'],
  ['x'.repeat(201), 'at most 200'],
  [undefined, 'at least 10'],
])('%s is refused', (password, why) => {
  expect(weaknessOf(password)).toContain(why);
});

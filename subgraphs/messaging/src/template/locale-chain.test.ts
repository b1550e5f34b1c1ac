import { expect, test } from '@jest/globals';
import { localeChain } from './locale-chain.ts';

test.each([
  ['de-CH', ['de-CH', 'de', 'en']],
  ['zh-Hant-TW', ['zh-Hant-TW', 'zh-Hant', 'zh', 'en']],
  ['en-GB', ['en-GB', 'en']],
  ['en', ['en']],
  ['', ['en']],
])('Words for %s are looked for in %j', (locale, chain) => {
  expect(localeChain(locale)).toEqual(chain);
});

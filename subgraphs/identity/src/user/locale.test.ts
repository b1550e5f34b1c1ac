import { expect, test } from '@jest/globals';
import { preferredLocale } from './locale.ts';

test.each([
  ['de-ch', 'de-CH'],
  ['EN', 'en'],
  [undefined, 'en'],
  ['not a tag', 'en'],
  [`en${'-abcdefgh'.repeat(5)}`, 'en'],
])('%s is understood as %s', (tag, locale) => {
  expect(preferredLocale(tag)).toBe(locale);
});

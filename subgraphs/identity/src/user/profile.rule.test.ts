import { describe, expect, test } from '@jest/globals';
import { isDisplayName, isPictureUrl } from './profile.rule.ts';

describe('a name', () => {
  test.each(['Ada', 'Ὑπατία', "O'Neil, José", '👩‍💻'])('may be %s', (name) => expect(isDisplayName(name)).toBe(true));
  test.each(['', '  ', 'x'.repeat(101), 'Ada\nBcc: all@example.com', 'admin\u202E', undefined])(
    'may not be %j',
    (name) => expect(isDisplayName(name)).toBe(false),
  );
});

describe('a picture', () => {
  test('is an https URL', () => expect(isPictureUrl('https://images.example.com/a.png')).toBe(true));
  test.each(['http://example.com/a.png', 'javascript:alert(1)', 'data:image/png;base64,AA', 'a.png', 5])(
    'is not %s',
    (url) => expect(isPictureUrl(url)).toBe(false),
  );
});

import { describe, expect, test } from '@jest/globals';
import { isLink, Links } from './links.ts';
import { NotificationType } from './notification/notification-type.ts';

describe('Links', () => {
  const links = new Links('https://app.example.com/');

  test('become absolute for readers outside of the app', () => {
    expect(links.absolute('/deals/5')).toBe('https://app.example.com/deals/5');
    expect(links.absolute('https://elsewhere.example/x')).toBe('https://elsewhere.example/x');
  });

  test('carry a token where no server sees it', () => {
    const link = new URL(links.redeem(NotificationType.PASSWORD_RESET, 'a+b/c='));
    expect(link.pathname).toBe('/reset-password');
    expect(link.search).toBe('');
    expect(new URLSearchParams(link.hash.slice(1)).get('token')).toBe('a+b/c=');
  });

  test('are made for no other type', () => {
    expect(() => links.redeem(NotificationType.WELCOME, 'x')).toThrow('No page redeems a token of WELCOME.');
  });

  test.each(['/', '/deals/5?tab=1#x', 'https://example.com/a', 'http://example.com'])('accept %s', (text) => {
    expect(isLink(text)).toBe(true);
  });

  test.each([
    '',
    'deals',
    '//evil.test',
    '/\\evil.test',
    '/\t/evil.test',
    '/\n\\evil.test',
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://x.test',
  ])('refuse %j', (text) => expect(isLink(text)).toBe(false));
});

import { expect, test } from '@jest/globals';
import { isPushEndpoint } from './is-push-endpoint.ts';

test.each([
  'https://fcm.googleapis.com/fcm/send/abc',
  'https://updates.push.services.mozilla.com/wpush/v2/abc',
  'https://web.push.apple.com/abc',
])('%s can be the address of a push service', (text) => {
  expect(isPushEndpoint(text)).toBe(true);
});

test.each([
  'http://fcm.googleapis.com/x',
  'https://127.0.0.1/x',
  'https://[::1]/x',
  'https://2130706433/x',
  'https://0x7f.1/x',
  'https://169.254.169.254/latest/meta-data',
  'https://localhost/x',
  'https://printer.local/x',
  'https://metadata.google.internal/x',
  'https://user:password@push.example.com/x',
  'https://push.example.com:8443/x',
  'not a url',
  `https://push.example.com/${'x'.repeat(2_000)}`,
])('%s cannot', (text) => {
  expect(isPushEndpoint(text)).toBe(false);
});

import { expect, test } from '@jest/globals';
import { RefreshToken } from './refresh-token.entity.ts';

const USED = new Date('2026-11-20T12:00:00Z');
const after = (milliseconds: number) => new Date(USED.getTime() + milliseconds);

const token = (usedAt: Date | null) => Object.assign(new RefreshToken(), { usedAt, expiresAt: after(3_600_000) });

test.each([
  ['never used', null, 1_000, 'good'],
  ['used this very moment', USED, 0, 'good'],
  ['used ten seconds ago', USED, 10_000, 'good'],
  ['used longer ago', USED, 10_001, 'reused'],
  ['never used, at its end', null, 3_600_000, 'expired'],
  ['used, and past its end', USED, 3_600_001, 'reused'],
] as const)('a token %s is judged as it should', (_what, usedAt, milliseconds, verdict) => {
  expect(token(usedAt).judge(after(milliseconds))).toBe(verdict);
});

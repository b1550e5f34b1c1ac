import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { AccessTokenClaims } from '@supergraph/protocol';
import { TokenExpiry } from './token.expiry.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const DAY = 24 * 60 * 60;

describe('the expiry of a token', () => {
  let expiry: TokenExpiry;
  let expired: jest.Mock<() => void>;

  beforeEach(() => {
    jest.useFakeTimers({ now: NOW });
    expiry = new TokenExpiry({ now: () => new Date() });
    expired = jest.fn<() => void>();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  function lasting(seconds: number): AccessTokenClaims {
    return { exp: NOW.getTime() / 1_000 + seconds } as AccessTokenClaims;
  }

  it('calls back when it has come, not before, and once', () => {
    expiry.watch(lasting(900), expired);
    jest.advanceTimersByTime(899_000);
    expect(expired).not.toHaveBeenCalled();
    jest.advanceTimersByTime(10_000);
    expect(expired).toHaveBeenCalledTimes(1);
  });

  it('is that of the last token', () => {
    expiry.watch(lasting(10), expired);
    expiry.watch(lasting(900), expired);
    jest.advanceTimersByTime(60_000);
    expect(expired).not.toHaveBeenCalled();
  });

  it('may be further away than a timer can wait', () => {
    expiry.watch(lasting(90 * DAY), expired);
    jest.advanceTimersByTime(89 * DAY * 1_000);
    expect(expired).not.toHaveBeenCalled();
    jest.advanceTimersByTime(DAY * 1_000);
    expect(expired).toHaveBeenCalledTimes(1);
  });

  it('never comes for anonymous callers, or after a stop', () => {
    expiry.watch(undefined, expired);
    expiry.watch(lasting(10), expired);
    expiry.stop();
    jest.advanceTimersByTime(DAY * 1_000);
    expect(expired).not.toHaveBeenCalled();
  });
});

import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { clientAddress } from './client-address.ts';

const request = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

describe("The client's address", () => {
  it.each<[string, string, number, string]>([
    ['is the peer’s when no proxy is trusted', '6.6.6.6', 0, '10.0.0.1'],
    ['is what the trusted proxy saw', '203.0.113.9', 1, '203.0.113.9'],
    ['is not what the client wrote before it', '6.6.6.6, 203.0.113.9', 1, '203.0.113.9'],
    ['is what the outer of two trusted proxies saw', '6.6.6.6, 203.0.113.9, 10.0.0.2', 2, '203.0.113.9'],
    ['is the outermost known when fewer proxies wrote than are trusted', '203.0.113.9', 3, '203.0.113.9'],
    ['is the peer’s when the header holds no address', 'unknown', 1, '10.0.0.1'],
    ['may be of IPv6', '2001:db8::1', 1, '2001:db8::1'],
  ])('%s', (_, forwarded, trustedProxies, expected) => {
    expect(clientAddress(request('10.0.0.1', forwarded), trustedProxies)).toBe(expected);
  });

  it('is written as IPv4 when it is one in the clothes of IPv6', () => {
    expect(clientAddress(request('::ffff:10.0.0.1'), 0)).toBe('10.0.0.1');
  });

  it('is the peer’s when a trusted proxy wrote nothing', () => {
    expect(clientAddress(request('10.0.0.1'), 1)).toBe('10.0.0.1');
  });
});

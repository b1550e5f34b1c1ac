import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { type MetricsAccess, MetricsRoute } from './metrics.route.ts';

const response = { writeHead: () => response, end: () => response } as unknown as ServerResponse;

const shows = (access: MetricsAccess, remoteAddress?: string, headers: Record<string, string> = {}) =>
  new MetricsRoute(new Registry(), access).serve({ headers, socket: { remoteAddress } } as IncomingMessage, response);

describe('Metrics without a token', () => {
  const open = { token: undefined, openTo: 'loopback' } as const;

  it.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])(
    'are there for this machine, as %s',
    async (address) => {
      expect(await shows(open, address)).toBe(true);
    },
  );

  it.each(['203.0.113.9', '10.127.0.1', '1270::1', '::ffff:10.0.0.1', '::1:2', undefined])(
    'are not there for %s',
    async (address) => {
      expect(await shows(open, address)).toBe(false);
    },
  );

  it.each(['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'])('are not there when a proxy says %s', async (name) => {
    expect(await shows(open, '127.0.0.1', { [name]: 'x' })).toBe(false);
  });
});

describe('Metrics with a token', () => {
  it('are not there without it, not even for this machine', async () => {
    const closed = { token: 'a-token-that-only-scrapers-have', openTo: 'loopback' } as const;
    expect(await shows(closed, '127.0.0.1')).toBe(false);
    expect(await shows(closed, '203.0.113.9', { authorization: `Bearer ${closed.token}` })).toBe(true);
  });
});

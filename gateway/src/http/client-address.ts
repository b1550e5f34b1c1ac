import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * The client's IP address.
 *
 * `trustedProxies` is how many proxies of ours append to `X-Forwarded-For`; what stands further left was written by the
 * client and proves nothing.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const peer = plain(request.socket.remoteAddress ?? '');
  if (trustedProxies === 0) return peer;
  const forwarded = request.headers['x-forwarded-for'];
  const chain = [...(forwarded ? String(forwarded).split(',') : []), peer];
  const candidate = plain((chain[chain.length - 1 - trustedProxies] ?? chain[0]!).trim());
  return isIP(candidate) ? candidate : peer;
}

/** An IPv4 address that came over a dual-stack socket, written as the IPv4 address it is. */
function plain(address: string): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { CORRELATION_HEADER } from '@supergraph/protocol';
import { addVary } from './vary.ts';

const DAY_SECONDS = 86_400;

const READABLE_HEADERS = [
  ...[CORRELATION_HEADER, 'retry-after', 'ratelimit', 'ratelimit-policy'],
  ...['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'],
].join(', ');

/** A header's name, in a list of them. What is no name is not given back to whoever sent it. */
const HEADER_NAMES = /^[\w!#$%&'*+.^`|~, -]{1,1000}$/;

/**
 * Tells browsers which other origins' pages may call us.
 *
 * Credentials are never allowed: callers prove themselves by a header, not by a cookie, so nothing is sent unasked.
 */
export class CorsPolicy {
  readonly #origins = new Set<string>();
  /** Scheme and ending of the origins that stand for all below a domain: `https://` and `.shop.example`. */
  readonly #families: (readonly [start: string, end: string])[] = [];

  /** @param origins exact ones, `https://*.shop.example` for every subdomain, or `*` for all */
  constructor(origins: readonly string[]) {
    for (const origin of origins) {
      const [start, end] = origin.split('*.', 2);
      if (end === undefined) this.#origins.add(origin);
      else this.#families.push([start!, `.${end}`]);
    }
  }

  /** Whether pages of this origin may call us and read what we answer. */
  allows(origin: string): boolean {
    if (this.#origins.has('*') || this.#origins.has(origin)) return true;
    return this.#families.some(([start, end]) => origin.startsWith(start) && isBelow(origin, start.length, end));
  }

  /** Sets the headers that belong on every answer. */
  apply(request: IncomingMessage, response: ServerResponse): void {
    if (this.#origins.size === 0 && this.#families.length === 0) return;
    const { origin } = request.headers;
    const isOpen = this.#origins.has('*');
    if (!isOpen) addVary(response, 'origin');
    if (origin === undefined || !this.allows(origin)) return;
    response.setHeader('access-control-allow-origin', isOpen ? '*' : origin);
    response.setHeader('access-control-expose-headers', READABLE_HEADERS);
  }

  /** Answers a preflight. Without the headers of {@link apply} the browser takes it for a no. */
  preflight(request: IncomingMessage, response: ServerResponse): void {
    addVary(response, 'access-control-request-headers');
    if (response.hasHeader('access-control-allow-origin')) {
      const asked = request.headers['access-control-request-headers'] ?? '';
      response.setHeader('access-control-allow-methods', 'GET, POST');
      if (HEADER_NAMES.test(asked)) response.setHeader('access-control-allow-headers', asked);
      response.setHeader('access-control-max-age', DAY_SECONDS);
    }
    response.writeHead(204, { 'cache-control': 'no-store' }).end();
  }
}

/** Whether a host name stands between the scheme and the family's domain, and nothing else does. */
function isBelow(origin: string, start: number, end: string): boolean {
  return origin.endsWith(end) && /^[\w-]+(?:\.[\w-]+)*$/.test(origin.slice(start, -end.length));
}

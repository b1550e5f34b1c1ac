import type { IncomingMessage, ServerResponse } from 'node:http';
import { CORRELATION_HEADER } from '@supergraph/protocol';

const DAY_SECONDS = 86_400;

/**
 * Tells browsers which other origins' pages may call us.
 *
 * Credentials are never allowed: callers prove themselves by a header, not by a cookie, so nothing is sent unasked.
 */
export class CorsPolicy {
  readonly #origins: ReadonlySet<string>;

  constructor(origins: readonly string[]) {
    this.#origins = new Set(origins);
  }

  /** Sets the headers that belong on every answer. */
  apply(request: IncomingMessage, response: ServerResponse): void {
    if (this.#origins.size === 0) return;
    const { origin } = request.headers;
    const isOpen = this.#origins.has('*');
    if (!isOpen) response.setHeader('vary', 'origin');
    if (origin === undefined || !(isOpen || this.#origins.has(origin))) return;
    response.setHeader('access-control-allow-origin', isOpen ? '*' : origin);
    response.setHeader('access-control-expose-headers', CORRELATION_HEADER);
  }

  /** Answers a preflight. Without the headers of {@link apply} the browser takes it for a no. */
  preflight(request: IncomingMessage, response: ServerResponse): void {
    if (response.hasHeader('access-control-allow-origin')) {
      response.setHeader('access-control-allow-methods', 'GET, POST');
      response.setHeader('access-control-allow-headers', request.headers['access-control-request-headers'] ?? '');
      response.setHeader('access-control-max-age', DAY_SECONDS);
    }
    response.writeHead(204).end();
  }
}

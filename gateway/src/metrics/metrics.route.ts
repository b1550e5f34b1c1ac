import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';
import { bearerToken } from '@supergraph/protocol';

export interface MetricsAccess {
  /** What a scraper has to send as its bearer token. */
  readonly token: string | undefined;
  /** Who may look where there is no token. */
  readonly openTo: 'everybody' | 'loopback' | 'nobody';
}

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;
/** What proxies add. Behind one on this machine everybody seems to be this machine. */
const PROXY_HEADERS = ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'];

/** Answers Prometheus. Metrics tell how much a company sells at night; they are not for strangers. */
export class MetricsRoute {
  readonly #registry: Registry;
  readonly #access: MetricsAccess;

  constructor(registry: Registry, access: MetricsAccess) {
    this.#registry = registry;
    this.#access = access;
  }

  /** Returns whether it answered. To whom it does not, there is nothing here. */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    if (!this.#admits(request)) return false;
    const text = await this.#registry.metrics();
    response.writeHead(200, { 'content-type': this.#registry.contentType, 'cache-control': 'no-store' }).end(text);
    return true;
  }

  #admits(request: IncomingMessage): boolean {
    const { token, openTo } = this.#access;
    if (token !== undefined) {
      const given = bearerToken(request.headers.authorization);
      return given !== undefined && timingSafeEqual(digest(given), digest(token));
    }
    if (openTo !== 'loopback') return openTo === 'everybody';
    if (!LOOPBACK.test(request.socket.remoteAddress ?? '')) return false;
    return PROXY_HEADERS.every((name) => request.headers[name] === undefined);
  }
}

/** Of the same length whatever the text, which is what comparing in constant time takes. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

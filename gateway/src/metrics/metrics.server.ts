import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MetricsRoute } from './metrics.route.ts';

/** Metrics on a port of their own, which no client of the graph can reach. */
export class MetricsServer {
  readonly #http: Server;

  constructor(route: MetricsRoute) {
    this.#http = createServer(async (request, response) => {
      const isAsked = request.method === 'GET' && request.url === '/metrics';
      const hasAnswered = isAsked && (await route.serve(request, response).catch(() => false));
      if (!hasAnswered && !response.headersSent) response.writeHead(404).end();
    });
  }

  /** Returns the port, which the system chose if `port` is 0. */
  async listen(port: number, host: string): Promise<number> {
    this.#http.listen(port, host);
    await once(this.#http, 'listening');
    return (this.#http.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    if (!this.#http.listening) return;
    this.#http.closeAllConnections();
    this.#http.close();
    await once(this.#http, 'close');
  }
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '@supergraph/protocol';
import { ErrorCode } from '@supergraph/protocol';
import type { Registry } from 'prom-client';
import { GRAPHIQL_PREFIX, type GraphiqlRoute } from '../graphiql/graphiql.route.ts';
import type { HealthRoute } from '../health/health.route.ts';
import type { CorsPolicy } from './cors.ts';
import { answerError } from './error.answer.ts';
import type { GraphqlRoute } from './graphql.route.ts';

export interface GatewayRoutes {
  readonly graphql: GraphqlRoute;
  readonly health: HealthRoute;
  readonly metrics: Registry;
  readonly cors: CorsPolicy;
  /** Absent when it is switched off. */
  readonly graphiql: GraphiqlRoute | undefined;
}

/** The gateway's HTTP server, straight on `node:http`. */
export class GatewayServer {
  readonly http: Server;
  readonly #routes: GatewayRoutes;
  readonly #logger: Logger;
  readonly #underWay = new Set<ServerResponse>();
  #isDraining = false;

  constructor(routes: GatewayRoutes, logger: Logger) {
    this.#routes = routes;
    this.#logger = logger;
    this.http = createServer((request, response) => void this.#serve(request, response));
  }

  /** Returns the port, which the system chose if `port` is 0. */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.http.once('error', reject);
      this.http.listen(port, host, () => {
        this.http.off('error', reject);
        resolve((this.http.address() as AddressInfo).port);
      });
    });
  }

  /** Takes no more connections and resolves when the requests under way are answered, or are cut off at the time limit. */
  async drain(timeoutMs: number): Promise<void> {
    this.#isDraining = true;
    const closed = new Promise<void>((resolve) => this.http.close(() => resolve()));
    for (const response of this.#underWay) endConnectionWith(response);
    const timer = setTimeout(() => this.http.closeAllConnections(), timeoutMs);
    await closed;
    clearTimeout(timer);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#underWay.add(response);
    response.once('close', () => this.#underWay.delete(response));
    if (this.#isDraining) endConnectionWith(response);
    try {
      await this.#route(request, response);
    } catch (error) {
      this.#logger.error({ err: error, path: request.url }, 'A request failed');
      answerError(response, 500, ErrorCode.INTERNAL_SERVER_ERROR, 'Internal server error');
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '/';
    const queryAt = url.indexOf('?');
    const path = queryAt === -1 ? url : url.slice(0, queryAt);
    const { cors, graphql, graphiql, health, metrics } = this.#routes;
    if (path === '/graphql') {
      cors.apply(request, response);
      if (request.method === 'OPTIONS') return cors.preflight(request, response);
      if (graphiql && queryAt === -1 && isPageView(request)) {
        response.writeHead(302, { location: '/' }).end();
        return;
      }
      return graphql.serve(request, response, queryAt === -1 ? '' : url.slice(queryAt));
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return notFound(response);
    if (path.startsWith('/health/')) return health.serve(path, response);
    if (path === '/metrics') {
      const text = await metrics.metrics();
      response.writeHead(200, { 'content-type': metrics.contentType }).end(text);
      return;
    }
    if (graphiql && (path === '/' || path.startsWith(`${GRAPHIQL_PREFIX}/`)))
      return graphiql.serve(request, response, path);
    notFound(response);
  }
}

/** A connection that stayed open for the next request would keep the server from closing. */
function endConnectionWith(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}

/** Whether this is somebody who typed the endpoint into a browser, and is better served with GraphiQL. */
function isPageView(request: IncomingMessage): boolean {
  return request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
}

function notFound(response: ServerResponse): void {
  answerError(response, 404, ErrorCode.NOT_FOUND, 'There is nothing here; the graph is at /graphql');
}

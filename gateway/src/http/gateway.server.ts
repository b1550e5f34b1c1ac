import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from '@supergraph/protocol';
import { CORRELATION_HEADER, ErrorCode } from '@supergraph/protocol';
import { GRAPHIQL_PREFIX, type GraphiqlRoute } from '../graphiql/graphiql.route.ts';
import type { RefusalLog } from '../guard/refusal.log.ts';
import type { HealthRoute } from '../health/health.route.ts';
import type { MetricsRoute } from '../metrics/metrics.route.ts';
import type { GatewaySettings } from '../settings.ts';
import { answerFault, faultOf } from './connection.errors.ts';
import type { CorsPolicy } from './cors.ts';
import { answerError } from './error.answer.ts';
import type { GraphqlRoute } from './graphql.route.ts';
import { setSecurityHeaders } from './security-headers.ts';

/** In characters. A client chooses how long a path is. */
const MAX_LOGGED_PATH = 100;

export interface GatewayRoutes {
  readonly graphql: GraphqlRoute;
  readonly health: HealthRoute;
  /** Absent when it has a port of its own. */
  readonly metrics: MetricsRoute | undefined;
  readonly cors: CorsPolicy;
  readonly refusals: RefusalLog;
  /** Absent when it is switched off. */
  readonly graphiql: GraphiqlRoute | undefined;
}

/** The gateway's HTTP server, straight on `node:http`. */
export class GatewayServer {
  readonly http: Server;
  readonly #routes: GatewayRoutes;
  readonly #logger: Logger;
  readonly #underWay = new Set<ServerResponse>();
  readonly #strictTransportSecurity: number;
  #isDraining = false;
  #begun = 0;
  #answered = 0;

  constructor(routes: GatewayRoutes, settings: GatewaySettings, logger: Logger) {
    this.#routes = routes;
    this.#logger = logger;
    this.#strictTransportSecurity = settings.strictTransportSecurity;
    const limits = {
      headersTimeout: settings.headersTimeoutMs,
      requestTimeout: settings.requestTimeoutMs,
      keepAliveTimeout: settings.keepAliveTimeoutMs,
      connectionsCheckingInterval: settings.connectionCheckMs,
      // Instead of a count of headers: beyond one Node drops headers without a word.
      maxHeaderSize: settings.headerLimit,
    };
    this.http = createServer(limits, (request, response) => void this.#serve(request, response));
    this.http.maxRequestsPerSocket = settings.requestsPerConnection;
    this.http.on('clientError', (error, connection) => this.#refuseConnection(error, connection));
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

  /** From here on each answer is the last on its connection. Connections are still accepted. */
  announceEnd(): void {
    this.#isDraining = true;
    for (const response of this.#underWay) endConnectionWith(response);
  }

  /** Takes no more connections and resolves when the requests under way are answered, or are cut off at the time limit. */
  async drain(timeoutMs: number): Promise<void> {
    this.announceEnd();
    await momentOfQuiet();
    const closed = new Promise<void>((resolve) => this.http.close(() => resolve()));
    const timer = setTimeout(() => this.http.closeAllConnections(), timeoutMs);
    await closed;
    clearTimeout(timer);
    // So that an operator can tell whether anything was lost, and whether the time limit is too short.
    this.#logger.info({ requests: this.#begun, unanswered: this.#begun - this.#answered }, 'Gateway serves no more');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#underWay.add(response);
    this.#begun += 1;
    response.once('close', () => {
      this.#underWay.delete(response);
      if (response.writableFinished) this.#answered += 1;
    });
    if (this.#isDraining) endConnectionWith(response);
    setSecurityHeaders(response, this.#strictTransportSecurity);
    try {
      await this.#route(request, response);
    } catch (error) {
      // Without the query of the address, which may hold what is nobody's business.
      const path = request.url?.split('?', 1)[0]?.slice(0, MAX_LOGGED_PATH);
      const correlationId = String(response.getHeader(CORRELATION_HEADER) ?? randomUUID());
      if (!response.headersSent) response.setHeader(CORRELATION_HEADER, correlationId);
      this.#logger.error({ err: error, path, correlationId }, 'A request failed');
      answerError(response, 500, ErrorCode.INTERNAL_SERVER_ERROR, 'Internal server error', { correlationId });
    }
  }

  /** A connection that speaks no HTTP, or speaks it too slowly. */
  #refuseConnection(error: Error, connection: Duplex): void {
    const fault = faultOf(error);
    const isAnswering = [...this.#underWay].some(({ socket, headersSent }) => socket === connection && headersSent);
    if (!fault || !connection.writable || isAnswering) return void connection.destroy();
    this.#routes.refusals.record({
      code: ErrorCode.BAD_REQUEST,
      reason: fault.message,
      context: { clientAddress: (connection as Socket).remoteAddress ?? '' },
    });
    answerFault(connection, fault);
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
        response.writeHead(302, { location: '/', 'cache-control': 'no-store' }).end();
        return;
      }
      return graphql.serve(request, response, queryAt === -1 ? '' : url.slice(queryAt));
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return notFound(response);
    if (path.startsWith('/health/')) return health.serve(path, response);
    if (path === '/metrics' && (await metrics?.serve(request, response))) return;
    if (graphiql && (path === '/' || path.startsWith(`${GRAPHIQL_PREFIX}/`)))
      return graphiql.serve(request, response, path);
    notFound(response);
  }
}

/**
 * Resolves right after all waiting connections were accepted, and at a moment when nothing else had to be done in between:
 * the system resets connections that it has made and that we have not accepted when we stop listening.
 */
async function momentOfQuiet(): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) {
    const startedAt = performance.now();
    await new Promise((resolve) => setImmediate(resolve));
    if (performance.now() - startedAt < 0.5) return;
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

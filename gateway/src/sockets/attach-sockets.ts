import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Clock, CloseCode, type Logger, systemClock } from '@supergraph/protocol';
import { handleProtocols } from 'graphql-ws';
import type { GraphQLFormattedError, ValidationRule } from 'graphql';
import type { Registry } from 'prom-client';
import { type WebSocket, WebSocketServer } from 'ws';
import type { LiveGraph } from '../graph/live-graph.ts';
import type { Authenticate } from '../identity/authentication.ts';
import type { RequestContext } from '../request-context.ts';
import { ByteBudget } from '../subscriptions/byte.budget.ts';
import type { SubscriptionProgram } from '../subscriptions/subscription.program.ts';
import { ProgramCache } from '../execution/program.cache.ts';
import { UpstreamMetrics } from '../upstream/upstream.metrics.ts';
import { UpstreamSockets } from '../upstream/upstream-sockets.ts';
import { ClientSocket } from './client-socket.ts';
import { type ExecuteSingleResult, runOperation } from './run-operation.ts';
import { SocketConnection } from './socket.connection.ts';
import { callerOf, SocketRequestContext } from './socket-request.context.ts';
import { SocketMetrics } from './socket.metrics.ts';
import type { SocketSettings } from './socket.settings.ts';
import { TokenExpiry } from './token.expiry.ts';

export interface SocketsOptions {
  readonly graph: LiveGraph;
  /** Resolves to no claims for anonymous callers, and rejects when a token does not hold. */
  readonly authenticate: Authenticate;
  /** Executes queries and mutations, as over HTTP. A result without `data` means that the request was refused. */
  readonly execute: ExecuteSingleResult;
  /** What a client is shown of an error, as over HTTP: coded, and with nothing internal in it. Logs the rest. */
  formatError(error: GraphQLFormattedError, context: RequestContext): GraphQLFormattedError;
  /** Limits on documents beyond what the schema says, as over HTTP. */
  readonly validationRules?: readonly ValidationRule[];
  readonly settings: SocketSettings;
  readonly logger: Logger;
  /** Where the gauges and counters of the sockets are registered. */
  readonly metrics: Registry;
  readonly clock?: Clock;
}

export interface AttachedSockets {
  /**
   * Refuses new sockets, closes the open ones with 1001, which clients take as "reconnect at once, elsewhere", and then
   * the sockets to the subgraphs. Resolves when all are closed, at most `closeTimeoutMs` later.
   */
  drain(): Promise<void>;
}

/** Serves `graphql-transport-ws` on an HTTP server: subscriptions joined over all subgraphs, and queries and mutations. */
export function attachSockets(server: Server, options: SocketsOptions): AttachedSockets {
  const { settings, logger, clock = systemClock } = options;
  const metrics = new SocketMetrics(options.metrics);
  const upstreams = new UpstreamSockets({
    settings: settings.upstream,
    clock,
    logger,
    metrics: new UpstreamMetrics(options.metrics),
  });
  const programs = new ProgramCache<SubscriptionProgram>({ maxPrograms: 500 });
  const serverOptions = {
    noServer: true,
    handleProtocols: (protocols: Set<string>) => handleProtocols(protocols),
    maxPayload: settings.maxFrameBytes,
    // Not in the type declarations yet; without it a peer that does not answer is kept for 30 seconds.
    closeTimeout: settings.closeTimeoutMs,
    perMessageDeflate: false,
  };
  const sockets = new WebSocketServer(serverOptions);
  let draining = false;

  server.on('upgrade', upgrade);
  return { drain };

  function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    if (request.url?.split('?', 1)[0] !== settings.path) return refuse(stream, '404 Not Found');
    if (draining || sockets.clients.size >= settings.maxSockets) return refuse(stream, '503 Service Unavailable');
    sockets.handleUpgrade(request, stream, head, (socket) => accept(socket, request));
  }

  function accept(socket: WebSocket, request: IncomingMessage): void {
    socket.on('error', (error) => logger.info({ reason: error.message }, 'socket of a client failed'));
    if (!socket.protocol) return socket.close(CloseCode.SubprotocolNotAcceptable, 'Subprotocol not acceptable');
    const caller = callerOf(request, settings.trustedProxies);
    const budget = new ByteBudget(settings.maxWaitingBytes);
    const client = new ClientSocket(socket, budget, metrics, settings.keepAliveMs);
    const connection = new SocketConnection({
      socket: client,
      authenticate: options.authenticate,
      expiry: new TokenExpiry(clock),
      initTimeoutMs: settings.initTimeoutMs,
      maxOperations: settings.maxOperationsPerSocket,
      logger,
      run: (payload, identity, signal) =>
        runOperation(payload, {
          ...options,
          budget,
          upstreams,
          programs,
          metrics,
          maxWaitingEvents: settings.maxWaitingEvents,
          maxTokens: settings.maxTokens,
          createContext: (correlationId) => new SocketRequestContext(caller, identity(), correlationId, logger),
          overflowed: () => client.cutOff(),
          signal,
        }),
    });
    metrics.open.inc();
    socket.on('message', (frame) => void connection.receive(String(frame)));
    socket.once('close', () => metrics.open.dec());
  }

  async function drain(): Promise<void> {
    draining = true;
    const closed = [...sockets.clients].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of sockets.clients) socket.close(CloseCode.GoingAway, 'Going away');
    // `ws` destroys whoever has not answered after `closeTimeout`, so this ends.
    await Promise.all(closed);
    upstreams.close();
  }
}

function refuse(stream: Duplex, status: string): void {
  // A client that leaves while it is being refused would otherwise end the process.
  stream.on('error', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

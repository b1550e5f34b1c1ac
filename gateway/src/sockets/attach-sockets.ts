import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Clock, type Logger, systemClock } from '@supergraph/protocol';
import { handleProtocols } from 'graphql-ws';
import type { GraphQLFormattedError, ValidationRule } from 'graphql';
import type { Registry } from 'prom-client';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Authorization } from '../authorization/authorization.ts';
import type { DocumentResolver } from '../documents/document.resolver.ts';
import type { LiveGraph } from '../graph/live-graph.ts';
import type { OperationGuard } from '../guard/operation.guard.ts';
import type { RefusalLog } from '../guard/refusal.log.ts';
import type { Authenticate } from '../identity/authentication.ts';
import type { OperationObserver } from '../observation/operation.observer.ts';
import type { Overload } from '../overload/overload.ts';
import type { RequestContext } from '../request-context.ts';
import { SubscriptionCompiler } from '../subscriptions/subscription.compiler.ts';
import type { CacheWatch } from '../execution/program.cache.ts';
import { UpstreamMetrics } from '../upstream/upstream.metrics.ts';
import { UpstreamSockets } from '../upstream/upstream-sockets.ts';
import type { ClientSocket } from './client-socket.ts';
import type { ExecuteSingleResult } from './run-operation.ts';
import { OperationsUnderWay } from './operations.under-way.ts';
import { serveSocket, type SocketRoom, waitingAt } from './serve-socket.ts';
import { SocketAudit } from './socket.audit.ts';
import { Closing } from './socket.closing.ts';
import { SocketMetrics } from './socket.metrics.ts';
import { SocketQuota } from './socket.quota.ts';
import { type Caller, callerOf } from './socket-request.context.ts';
import type { SocketSettings } from './socket.settings.ts';
import { SocketSweep, sweepInterval } from './socket.sweep.ts';
import { judgeUpgrade, UpgradeRefusal } from './upgrade.policy.ts';

export interface SocketsOptions {
  readonly graph: LiveGraph;
  readonly guard: OperationGuard;
  readonly authorization: Authorization;
  readonly documents: DocumentResolver;
  readonly observer: OperationObserver;
  /** Told how the cache of planned subscriptions does. */
  readonly planWatch?: CacheWatch;
  readonly overload: Overload;
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
  /** Hears of every socket that was not let in, or was closed for what it did. */
  readonly refusals: Pick<RefusalLog, 'record'>;
  readonly clock?: Clock;
}

export interface AttachedSockets {
  /**
   * Refuses new sockets and operations, waits until queries and mutations are answered, but not for longer than
   * `patienceMs`, closes the sockets with 1001, which clients take as "reconnect at once, elsewhere", and then the sockets
   * to the subgraphs. Resolves when all are closed, at most the close timeout later.
   */
  drain(patienceMs?: number): Promise<void>;
}

/** Serves `graphql-transport-ws` on an HTTP server: subscriptions joined over all subgraphs, and queries and mutations. */
export function attachSockets(server: Server, options: SocketsOptions): AttachedSockets {
  const { settings, logger, overload, clock = systemClock } = options;
  const metrics = new SocketMetrics(options.metrics);
  const audit = new SocketAudit(metrics, options.refusals);
  const quota = new SocketQuota();
  const { socketInitTimeoutMs, socketKeepAliveMs, socketIdleTimeoutMs } = settings;
  const upstreams = new UpstreamSockets({
    settings: settings.upstream,
    clock,
    logger,
    metrics: new UpstreamMetrics(options.metrics),
  });
  const room: SocketRoom = {
    ...options,
    audit,
    metrics,
    quota,
    sweep: new SocketSweep(sweepInterval([socketInitTimeoutMs, socketKeepAliveMs, socketIdleTimeoutMs]), clock),
    upstreams,
    underWay: new OperationsUnderWay(),
    compiler: new SubscriptionCompiler(options.authorization, options.validationRules, options.planWatch),
  };
  const serverOptions = {
    noServer: true,
    clientTracking: false,
    handleProtocols: (protocols: Set<string>) => handleProtocols(protocols),
    maxPayload: settings.socketFrameLimit,
    // Not in the type declarations yet; without it a peer that does not answer is kept for 30 seconds.
    closeTimeout: settings.socketCloseTimeoutMs,
    perMessageDeflate: false,
  };
  const handshakes = new WebSocketServer(serverOptions);
  const open = new Map<WebSocket, ClientSocket>();
  let draining = false;

  server.on('upgrade', upgrade);
  return { drain };

  function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const caller = callerOf(request, settings);
    const refusal = judgeUpgrade(request, settings) ?? lackOfRoom(caller);
    if (!refusal) return handshakes.handleUpgrade(request, stream, head, (socket) => accept(socket, caller));
    audit.refused(refusal, caller);
    refuse(stream, refusal.status);
  }

  function lackOfRoom({ clientAddress }: Caller): UpgradeRefusal | undefined {
    if (draining || overload.isShedding || open.size >= settings.maxSockets) return UpgradeRefusal.full;
    // Whoever is told 4429 has a socket until they have answered. That must not be a way to take everybody's.
    const isFlood = quota.count(waitingAt(clientAddress)) >= 2 * settings.maxSocketsPerAddress;
    return isFlood ? UpgradeRefusal.address : undefined;
  }

  function accept(socket: WebSocket, caller: Caller): void {
    open.set(socket, serveSocket(socket, caller, room));
    metrics.open.inc();
    socket.once('close', () => {
      open.delete(socket);
      metrics.open.dec();
    });
  }

  async function drain(patienceMs = settings.socketCloseTimeoutMs): Promise<void> {
    draining = true;
    await room.underWay.drain(patienceMs);
    const closed = [...open.keys()].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of open.values()) socket.close(Closing.goingAway);
    // `ws` destroys whoever has not answered after `closeTimeout`, so this ends.
    await Promise.all(closed);
    upstreams.close();
  }
}

function refuse(stream: Duplex, status: string): void {
  // A client that leaves while it is being refused would otherwise end the process.
  stream.on('error', () => stream.destroy());
  // One that stays would otherwise keep its half of the connection for as long as it likes.
  stream.once('finish', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

import type { WebSocket } from 'ws';
import { ByteBudget } from '../subscriptions/byte.budget.ts';
import type { SubscriptionCompiler } from '../subscriptions/subscription.compiler.ts';
import type { UpstreamSockets } from '../upstream/upstream-sockets.ts';
import type { SocketsOptions } from './attach-sockets.ts';
import { ClientSocket } from './client-socket.ts';
import type { OperationsUnderWay } from './operations.under-way.ts';
import { runOperation } from './run-operation.ts';
import type { SocketAudit } from './socket.audit.ts';
import { Closing } from './socket.closing.ts';
import { SocketConnection } from './socket.connection.ts';
import type { SocketIdentity } from './socket-identity.ts';
import type { SocketMetrics } from './socket.metrics.ts';
import { customerOf, type SocketQuota } from './socket.quota.ts';
import { type Caller, SocketRequestContext } from './socket-request.context.ts';
import type { SocketSweep } from './socket.sweep.ts';

/** What all sockets share. */
export interface SocketRoom extends Omit<SocketsOptions, 'metrics'> {
  readonly audit: SocketAudit;
  readonly metrics: SocketMetrics;
  readonly quota: SocketQuota;
  readonly sweep: SocketSweep;
  readonly upstreams: UpstreamSockets;
  readonly underWay: OperationsUnderWay;
  readonly compiler: SubscriptionCompiler;
}

/** Holds, in the quota, the sockets of an address that have not said yet whom they speak for, or were refused. */
export const waitingAt = (address: string): string => `waiting ${customerOf(address)}`;

/** Speaks the protocol on a socket until either side closes it. Keeps only what it needs: there may be 10,000 of them. */
export function serveSocket(socket: WebSocket, caller: Caller, room: SocketRoom): ClientSocket {
  const { audit, logger, overload, quota, settings, sweep } = room;
  const budget = new ByteBudget(settings.socketWaitingBytes, overload.held);
  const client = new ClientSocket(socket, {
    budget,
    keepAliveMs: settings.socketKeepAliveMs,
    onClosed: (closing) => audit.closed(closing, caller, connection.identity),
  });
  const waiting = waitingAt(caller.clientAddress);
  let giveBack = quota.take(waiting);
  const connection = new SocketConnection({
    socket: client,
    authenticate: room.authenticate,
    settings,
    logger,
    admit(identity) {
      const [holder, maximum] = holderOf(identity);
      if (quota.count(holder) >= maximum) return false;
      giveBack();
      giveBack = quota.take(holder);
      return true;
    },
    run: (payload, identity, signal, onRefresh) =>
      runOperation(payload, {
        ...room,
        budget,
        maxWaitingEvents: settings.socketWaitingEvents,
        maxTokens: settings.maxTokens,
        createContext: (record) =>
          new SocketRequestContext(caller, identity(), record, logger, { signal, held: overload.held.open() }),
        overflowed: () => client.cutOff(),
        onRefresh,
        signal,
      }),
  });
  socket.on('message', (frame, isBinary) => void connection.receive(frame as Buffer, isBinary));
  socket.on('ping', () => connection.count());
  socket.on('pong', () => connection.count());
  socket.once('close', () => {
    sweep.remove(connection);
    giveBack();
  });
  sweep.add(connection);
  if (!socket.protocol) client.close(Closing.noSubprotocol);
  else if (quota.count(waiting) > settings.maxSocketsPerAddress) client.close(Closing.tooManySockets);
  return client;

  function holderOf({ claims }: SocketIdentity): readonly [holder: string, maximum: number] {
    if (claims) return [`user ${claims.sub}`, settings.maxSocketsPerUser];
    return [`anonymous ${customerOf(caller.clientAddress)}`, settings.maxSocketsPerAddress];
  }
}

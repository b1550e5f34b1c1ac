import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { AccessTokenClaims, Logger } from '@supergraph/protocol';
import { clientAddress } from '../http/client-address.ts';
import type { OperationRecord } from '../observation/operation.record.ts';
import type { BytesAccount } from '../overload/held-bytes.ts';
import type { RequestContext } from '../request-context.ts';
import type { SocketIdentity } from './socket-identity.ts';
import type { SocketSettings } from './socket.settings.ts';

/** What stays the same for all operations of a socket: what its upgrade request said. */
export interface Caller {
  readonly clientAddress: string;
  readonly headers: IncomingHttpHeaders;
}

/** Keeps of a request only what is needed later: a socket may live for days, and cookies alone can be kilobytes. */
export function callerOf(upgrade: IncomingMessage, settings: SocketSettings): Caller {
  const headers: IncomingHttpHeaders = {};
  for (const name of ['user-agent', 'accept-language', ...settings.forwardedHeaders]) {
    const value = upgrade.headers[name];
    if (value !== undefined) headers[name] = value;
  }
  return { clientAddress: clientAddress(upgrade, settings.trustedProxies), headers };
}

/** The context of one operation on a socket; of a subscription, of one event. Copied by property, so none are private. */
export class SocketRequestContext implements RequestContext {
  readonly correlationId: string;
  readonly authorization: string | undefined;
  readonly claims: AccessTokenClaims | undefined;
  readonly clientAddress: string;
  readonly userAgent: string | undefined;
  readonly acceptLanguage: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly unresponsive = new Set<string>();
  offeredDocuments: Map<string, string> | undefined;
  readonly spent = { cost: 0 };
  readonly processLogger: Logger;
  readonly record: OperationRecord;
  readonly signal: AbortSignal | undefined;
  readonly held: BytesAccount | undefined;

  constructor(
    caller: Caller,
    identity: SocketIdentity,
    record: OperationRecord,
    processLogger: Logger,
    presence: Pick<RequestContext, 'signal' | 'held'> = {},
  ) {
    this.record = record;
    this.correlationId = record.correlationId;
    this.authorization = identity.authorization;
    this.claims = identity.claims;
    this.clientAddress = caller.clientAddress;
    this.userAgent = caller.headers['user-agent'];
    this.acceptLanguage = caller.headers['accept-language'];
    this.headers = caller.headers;
    this.processLogger = processLogger;
    this.signal = presence.signal;
    this.held = presence.held;
  }

  get logger(): Logger {
    return this.processLogger.child({ correlationId: this.correlationId });
  }
}

import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { AccessTokenClaims, Logger } from '@supergraph/protocol';
import { clientAddress } from '../http/client-address.ts';
import type { RequestContext } from '../request-context.ts';
import type { SocketIdentity } from './socket-identity.ts';

/** What stays the same for all operations of a socket: what its upgrade request said. */
export interface Caller {
  readonly clientAddress: string;
  readonly headers: IncomingHttpHeaders;
}

export function callerOf(upgrade: IncomingMessage, trustedProxies: number): Caller {
  return { clientAddress: clientAddress(upgrade, trustedProxies), headers: upgrade.headers };
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
  readonly processLogger: Logger;

  constructor(caller: Caller, identity: SocketIdentity, correlationId: string, processLogger: Logger) {
    this.correlationId = correlationId;
    this.authorization = identity.authorization;
    this.claims = identity.claims;
    this.clientAddress = caller.clientAddress;
    this.userAgent = caller.headers['user-agent'];
    this.acceptLanguage = caller.headers['accept-language'];
    this.headers = caller.headers;
    this.processLogger = processLogger;
  }

  get logger(): Logger {
    return this.processLogger.child({ correlationId: this.correlationId });
  }
}

import {
  CLIENT_ADDRESS_HEADER,
  type Clock,
  CORRELATION_HEADER,
  SIGNATURE_HEADER,
  signCall,
} from '@supergraph/protocol';
import { TRACE_CONTEXT_HEADER } from '@supergraph/telemetry';
import type { RequestContext } from '../request-context.ts';
import type { GatewaySettings } from '../settings.ts';

/** What a call is made for. */
export interface CallOrigin {
  readonly authorization?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly traceparent?: string | undefined;
}

/** Decides which headers a subgraph gets. A client's header that is not named here goes nowhere. */
export class CallHeaders {
  readonly #secret: string | undefined;
  readonly #forwarded: readonly string[];
  readonly #clock: Clock;

  constructor(settings: Pick<GatewaySettings, 'signingSecret' | 'forwardedHeaders'>, clock: Clock) {
    this.#secret = settings.signingSecret;
    this.#forwarded = settings.forwardedHeaders;
    this.#clock = clock;
  }

  /** Headers that come from the client and can change an answer, flat: name, value, name, value. */
  forwarded(context: RequestContext): string[] {
    const headers = [CLIENT_ADDRESS_HEADER, context.clientAddress];
    if (context.authorization !== undefined) headers.push('authorization', context.authorization);
    if (context.userAgent !== undefined) headers.push('user-agent', context.userAgent);
    if (context.acceptLanguage !== undefined) headers.push('accept-language', context.acceptLanguage);
    for (const name of this.#forwarded) {
      const value = context.headers[name];
      if (value !== undefined) headers.push(name, Array.isArray(value) ? value.join(', ') : value);
    }
    return headers;
  }

  /** Headers of one call, without those of {@link forwarded}. Signs at this moment, so never keep them for later. */
  own(body: string, { authorization, correlationId, traceparent }: CallOrigin = {}): string[] {
    const headers = ['content-type', 'application/json', 'accept', 'application/json'];
    if (correlationId !== undefined) headers.push(CORRELATION_HEADER, correlationId);
    if (traceparent !== undefined) headers.push(TRACE_CONTEXT_HEADER, traceparent);
    if (this.#secret !== undefined) {
      const signature = signCall(this.#secret, { method: 'POST', body, authorization }, this.#clock.now().getTime());
      headers.push(SIGNATURE_HEADER, signature);
    }
    return headers;
  }
}

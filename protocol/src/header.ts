/** Ties together everything that one client request causes, in every process and every log. */
export const CORRELATION_HEADER = 'x-correlation-id';

/** A client's own correlation id is kept when it is short and plain; anything else could forge log lines. */
export function acceptCorrelationId(candidate: string | string[] | undefined): string | undefined {
  return typeof candidate === 'string' && /^[\w.-]{8,64}$/.test(candidate) ? candidate : undefined;
}

/** The client's address as the gateway saw it. Set by the gateway; a client's own value is never forwarded. */
export const CLIENT_ADDRESS_HEADER = 'x-client-address';

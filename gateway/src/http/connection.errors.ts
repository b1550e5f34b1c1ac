import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { CORRELATION_HEADER, ErrorCode } from '@supergraph/protocol';

interface Fault {
  readonly status: number;
  readonly message: string;
}

const FAULTS: ReadonlyMap<string | undefined, Fault> = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', { status: 408, message: 'The request took too long to come' }],
  ['HPE_HEADER_OVERFLOW', { status: 431, message: 'The head of the request is too large' }],
]);

const NO_HTTP: Fault = { status: 400, message: 'The request is not HTTP' };

/** What a connection did wrong; `undefined` when it merely broke. */
export function faultOf(error: Error & { code?: string }): Fault | undefined {
  const fault = FAULTS.get(error.code);
  return fault ?? (error.code?.startsWith('HPE_') ? NO_HTTP : undefined);
}

/**
 * Answers what never became a request, in the form that every refusal has, and ends the connection. There is no response
 * to do it with, so it is written by hand. Nothing of what was sent is repeated.
 */
export function answerFault(connection: Duplex, { status, message }: Fault): void {
  const body = JSON.stringify({ errors: [{ message, extensions: { code: ErrorCode.BAD_REQUEST } }] });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `${CORRELATION_HEADER}: ${randomUUID()}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'connection: close',
  ];
  connection.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => connection.destroy());
}

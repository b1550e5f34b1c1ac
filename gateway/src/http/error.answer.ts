import type { ServerResponse } from 'node:http';
import type { ErrorCode } from '@supergraph/protocol';

/** Answers a request that never became an operation. Speaks GraphQL all the same: that is what clients can read. */
export function answerError(
  response: ServerResponse,
  status: number,
  code: ErrorCode,
  message: string,
  extensions: Readonly<Record<string, unknown>> = {},
): void {
  if (response.headersSent || response.destroyed) return;
  const body = JSON.stringify({ errors: [{ message, extensions: { code, ...extensions } }] });
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

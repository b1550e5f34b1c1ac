import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { CORRELATION_HEADER, type ErrorCode, type ErrorDetails } from '@supergraph/protocol';
import { PLAIN_JSON, responseType } from './request-form.ts';

/** Answers a request that never became an operation. Speaks GraphQL all the same: that is what clients can read. */
export function answerError(
  response: ServerResponse,
  status: number,
  code: ErrorCode,
  message: string,
  extensions: ErrorDetails = {},
): void {
  if (response.headersSent || response.destroyed) return;
  const body = JSON.stringify({ errors: [{ message, extensions: { code, ...extensions } }] });
  response.writeHead(status, {
    'content-type': `${responseType(response.req.headers.accept) ?? PLAIN_JSON}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...(!response.hasHeader(CORRELATION_HEADER) && { [CORRELATION_HEADER]: randomUUID() }),
  });
  response.end(body);
}

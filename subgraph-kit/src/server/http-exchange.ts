import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode, ErrorDetails } from '@supergraph/protocol';

/** A body larger than the server takes. */
class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * Reads a whole body as it came; throws when it has more than `limit` bytes. What is too much is read and forgotten, for
 * somebody who is still writing would not read our answer; who writes more than twice as much is cut off.
 */
async function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > 2 * limit) throw new BodyTooLarge();
    if (size <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > limit) throw new BodyTooLarge();
  return Buffer.concat(chunks);
}

export function respondJson(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) })
    .end(text);
}

/** Reads a whole body, or answers why not. `undefined` when that has happened, or nobody is there to be answered. */
export async function takeBody(
  request: IncomingMessage,
  response: ServerResponse,
  limit: number,
): Promise<Buffer | undefined> {
  try {
    return await readBytes(request, limit);
  } catch (error) {
    if (!(error instanceof BodyTooLarge) || !request.complete) response.destroy();
    else respondRefusal(response, 413, 'BAD_REQUEST', 'The body is too large.');
    return undefined;
  }
}

/** A refusal in the shape of a GraphQL response, so that every client can read it. */
export function respondRefusal(
  response: ServerResponse,
  status: number,
  code: ErrorCode,
  message: string,
  details: ErrorDetails = {},
): void {
  respondJson(response, status, { errors: [{ message, extensions: { ...details, code } }] });
}

/** The path that is asked for, without its query. Takes whatever a stranger may have put there. */
export function pathOf(request: IncomingMessage): string {
  return request.url?.split('?', 1)[0] ?? '/';
}

export function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

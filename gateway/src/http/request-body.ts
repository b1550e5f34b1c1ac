import type { IncomingMessage } from 'node:http';
import { nestedTooDeep, tooManyValues } from '../limits/limit.exceeded.ts';
import { excessOf } from '../limits/nesting.ts';
import type { GatewaySettings } from '../settings.ts';

/** The body cannot be taken. `status` is the HTTP status that says why. */
export class UnacceptableBody extends Error {
  override readonly name = 'UnacceptableBody';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The client left in the middle of its request; there is nobody to answer. */
export class RequestAborted extends Error {
  override readonly name = 'RequestAborted';
}

/** Reads a body of at most `limit` bytes. Rejects with {@link UnacceptableBody} or {@link RequestAborted}. */
export function readBody(request: IncomingMessage, limit: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const tooLarge = (): void => reject(new UnacceptableBody(413, `The request is larger than ${limit} bytes`));
    if (Number(request.headers['content-length'] ?? 0) > limit) return tooLarge();
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > limit) {
        request.removeAllListeners('data').pause();
        return tooLarge();
      }
      chunks.push(chunk);
    });
    request.on('end', () => resolve((chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString('utf8')));
    request.on('close', () => {
      // It always fires, and an error with a stack for a request that was read whole is not free.
      if (!request.readableEnded) reject(new RequestAborted('the client left'));
    });
    request.on('error', () => reject(new RequestAborted('the connection failed')));
  });
}

/** Reads the body of a GraphQL POST. Anything but JSON is left unread and gives `undefined`. */
export async function readJsonBody(
  request: IncomingMessage,
  { requestBodyLimit, maxVariableValues }: Pick<GatewaySettings, 'requestBodyLimit' | 'maxVariableValues'>,
): Promise<unknown> {
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '')) return undefined;
  const text = await readBody(request, requestBodyLimit);
  // Making objects of what is merely refused later would be the dearest part of it.
  const excess = excessOf(text, maxVariableValues);
  if (excess === 'nesting') throw nestedTooDeep();
  if (excess === 'values') throw tooManyValues(maxVariableValues);
  try {
    return JSON.parse(text);
  } catch {
    throw new UnacceptableBody(400, 'The request body is not JSON');
  }
}

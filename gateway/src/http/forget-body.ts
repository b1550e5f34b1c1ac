import type { IncomingMessage } from 'node:http';

/** How long somebody who was refused may go on sending. */
const FORGETTING_MS = 5_000;

/**
 * Reads the rest of a body that was refused and keeps nothing of it: somebody who is still writing would not read our
 * answer, and what is left would be taken for the next request on this connection.
 */
export function forgetBody(request: IncomingMessage): void {
  const timer = setTimeout(() => request.destroy(), FORGETTING_MS).unref();
  request.removeAllListeners('data').once('close', () => clearTimeout(timer));
  request.resume();
}

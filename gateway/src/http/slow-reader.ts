import type { ServerResponse } from 'node:http';

/**
 * Ends a response, and cuts the connection when its client has not read all of it in time. What is not read is kept in
 * memory, and whoever reads a byte now and then would have us keep it for ever.
 */
export function endWithin(response: ServerResponse, content: string | Buffer, timeoutMs: number): void {
  response.end(content);
  // Nearly always the system has taken everything by now, and there is nothing to wait for.
  if (response.writableLength === 0) return;
  const timer = setTimeout(() => response.destroy(), timeoutMs).unref();
  response.once('close', () => clearTimeout(timer));
}

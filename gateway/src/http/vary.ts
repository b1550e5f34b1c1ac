import type { ServerResponse } from 'node:http';

/** Adds a request header to those that the answer depends on, which caches between us and clients go by. */
export function addVary(response: ServerResponse, header: string): void {
  const known = response.getHeader('vary');
  if (known === undefined) response.setHeader('vary', header);
  else if (!String(known).split(', ').includes(header)) response.setHeader('vary', `${String(known)}, ${header}`);
}

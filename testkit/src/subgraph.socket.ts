import { SIGNATURE_HEADER, signCall } from '@supergraph/protocol';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** A socket to a subgraph as the gateway opens one: signed once, then each operation with its own token. */
export function openSubgraphSocket(url: string, secret: string, now: () => number): Client {
  return createClient({
    url: url.replace('http', 'ws'),
    lazy: true,
    retryAttempts: 0,
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocols: string[]) {
        const signature = signCall(secret, { method: 'GET', body: '' }, now());
        super(address, protocols, { headers: { [SIGNATURE_HEADER]: signature } });
      }
    },
  });
}

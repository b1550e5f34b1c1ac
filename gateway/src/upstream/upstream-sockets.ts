import type { Clock, Logger } from '@supergraph/protocol';
import { UpstreamSocket } from './upstream-socket.ts';
import type { UpstreamMetrics } from './upstream.metrics.ts';
import type { UpstreamSettings } from './upstream.settings.ts';

export interface UpstreamSocketsOptions {
  readonly settings: UpstreamSettings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: UpstreamMetrics;
}

/**
 * The sockets to all subgraphs, one for each.
 *
 * A subgraph that moves to another URL gets a new socket; the old one closes itself once nobody is left on it.
 */
export class UpstreamSockets {
  readonly #options: UpstreamSocketsOptions;
  readonly #sockets = new Map<string, { readonly url: string; readonly socket: UpstreamSocket }>();
  #retired: UpstreamSocket[] = [];

  constructor(options: UpstreamSocketsOptions) {
    this.#options = options;
  }

  to(subgraph: { readonly name: string; readonly url: string }): UpstreamSocket {
    const known = this.#sockets.get(subgraph.name);
    if (known?.url === subgraph.url) return known.socket;
    if (known) this.#retired = [...this.#retired.filter((retired) => !retired.isIdle), known.socket];
    const socket = new UpstreamSocket({ ...this.#options, subgraph: subgraph.name, url: subgraph.url });
    this.#sockets.set(subgraph.name, { url: subgraph.url, socket });
    return socket;
  }

  close(): void {
    for (const { socket } of this.#sockets.values()) socket.close();
    for (const socket of this.#retired) socket.close();
  }
}

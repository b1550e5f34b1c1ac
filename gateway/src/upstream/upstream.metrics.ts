import { Counter, Gauge, type Registry } from 'prom-client';

/** Counts sockets to the subgraphs. */
export class UpstreamMetrics {
  readonly #open: Gauge<'subgraph'>;
  readonly #reconnects: Counter<'subgraph'>;

  constructor(registry: Registry) {
    this.#open = new Gauge({
      name: 'gateway_upstream_sockets_open',
      help: 'Sockets to subgraphs that are acknowledged.',
      labelNames: ['subgraph'],
      registers: [registry],
    });
    this.#reconnects = new Counter({
      name: 'gateway_upstream_reconnects_total',
      help: 'Connections to subgraphs that were lost or refused while somebody was subscribed.',
      labelNames: ['subgraph'],
      registers: [registry],
    });
  }

  opened(subgraph: string): void {
    this.#open.inc({ subgraph });
  }

  closed(subgraph: string): void {
    this.#open.dec({ subgraph });
  }

  reconnecting(subgraph: string): void {
    this.#reconnects.inc({ subgraph });
  }
}

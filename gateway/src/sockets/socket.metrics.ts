import { Counter, Gauge, type Registry } from 'prom-client';
import type { Closing } from './socket.closing.ts';
import type { UpgradeRefusal } from './upgrade.policy.ts';

/** Counts the clients' sockets and what travels over them. */
export class SocketMetrics {
  readonly open: Gauge;
  readonly activeSubscriptions: Gauge;
  readonly deliveredEvents: Counter;
  readonly #slowConsumers: Counter;
  readonly #closed: Counter<'code' | 'reason'>;
  readonly #refused: Counter<'reason'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.open = new Gauge({ name: 'gateway_sockets_open', help: 'Sockets of clients.', registers });
    this.activeSubscriptions = new Gauge({
      name: 'gateway_subscriptions_active',
      help: 'Subscriptions that are waiting for events.',
      registers,
    });
    this.deliveredEvents = new Counter({
      name: 'gateway_subscription_events_delivered_total',
      help: 'Events that were handed to the network for a client.',
      registers,
    });
    this.#slowConsumers = new Counter({
      name: 'gateway_slow_consumers_cut_total',
      help: 'Sockets that were closed because their reader did not keep up.',
      registers,
    });
    this.#closed = new Counter({
      name: 'gateway_sockets_closed_total',
      help: 'Sockets that the gateway closed, by close code and reason. Those that clients close are not counted.',
      labelNames: ['code', 'reason'],
      registers,
    });
    this.#refused = new Counter({
      name: 'gateway_sockets_refused_total',
      help: 'Upgrade requests that did not become a socket, by reason.',
      labelNames: ['reason'],
      registers,
    });
  }

  closed({ code, label }: Closing): void {
    this.#closed.inc({ code, reason: label });
    if (label === 'slow_reader') this.#slowConsumers.inc();
  }

  refused({ label }: UpgradeRefusal): void {
    this.#refused.inc({ reason: label });
  }
}

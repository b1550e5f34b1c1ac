import { Counter, Gauge, type Registry } from 'prom-client';

/** Counts the clients' sockets and what travels over them. */
export class SocketMetrics {
  readonly open: Gauge;
  readonly activeSubscriptions: Gauge;
  readonly deliveredEvents: Counter;
  readonly slowConsumers: Counter;

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
    this.slowConsumers = new Counter({
      name: 'gateway_slow_consumers_cut_total',
      help: 'Sockets that were closed because their reader did not keep up.',
      registers,
    });
  }
}

import { Counter, Gauge, type Registry } from 'prom-client';

/** Counts what was refused, and how often each gateway was on its own. */
export class RateMetrics {
  readonly #refusals: Counter<'limit'>;
  readonly #alone: Counter;
  readonly #registry: Registry;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#registry = registry;
    this.#refusals = new Counter({
      name: 'gateway_rate_limited_total',
      help: 'Requests and operations that were refused because of a rate, by limit: never by caller.',
      labelNames: ['limit'],
      registers,
    });
    this.#alone = new Counter({
      name: 'gateway_rates_counted_alone_total',
      help: 'Operations with limited fields that were counted by this gateway alone, because Redis was away.',
      registers,
    });
  }

  /** @param isAlone asked whenever the metrics are read */
  watch(isAlone: () => boolean): void {
    const gauge = new Gauge({
      name: 'gateway_rates_alone',
      help: '1 while Redis is away and this gateway counts for itself.',
      registers: [],
      collect() {
        this.set(isAlone() ? 1 : 0);
      },
    });
    this.#registry.registerMetric(gauge);
  }

  refused(limit: string): void {
    this.#refusals.inc({ limit });
  }

  countedAlone(): void {
    this.#alone.inc();
  }
}

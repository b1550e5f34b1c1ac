import { Counter, Histogram, type Registry } from 'prom-client';
import type { OperationRecord } from '../observation/operation.record.ts';
import type { OperationNames } from './operation.names.ts';
import { SECONDS } from './gateway.metrics.ts';

/** Rate, errors and latency of operations, by their name and type, whatever they came over. */
export class OperationMetrics {
  readonly #names: OperationNames;
  readonly #durations: Histogram<'operation' | 'type'>;
  readonly #failures: Counter<'operation' | 'type'>;
  readonly #events: Histogram;

  constructor(registry: Registry, names: OperationNames) {
    this.#names = names;
    const registers = [registry];
    const labelNames = ['operation', 'type'] as const;
    this.#durations = new Histogram({
      name: 'gateway_operation_duration_seconds',
      help: 'Operations over HTTP and sockets, by name and type; of a subscription, until it runs.',
      labelNames,
      buckets: SECONDS,
      registers,
    });
    this.#failures = new Counter({
      name: 'gateway_operation_errors_total',
      help: 'Operations whose answer had errors, by name and type.',
      labelNames,
      registers,
    });
    this.#events = new Histogram({
      name: 'gateway_subscription_event_duration_seconds',
      help: 'Events of subscriptions, from their arrival until they were joined.',
      buckets: SECONDS,
      registers,
    });
  }

  operationEnded({ name, type, errors }: OperationRecord, milliseconds: number): void {
    // What is not valid, or was refused, earns no name a place: a stranger could fill them all with it.
    const labels = type
      ? { operation: this.#names.labelOf(name, errors === 0), type }
      : { operation: 'invalid', type: 'unknown' };
    this.#durations.observe(labels, milliseconds / 1000);
    if (errors > 0) this.#failures.inc(labels);
  }

  eventEnded(milliseconds: number): void {
    this.#events.observe(milliseconds / 1000);
  }
}

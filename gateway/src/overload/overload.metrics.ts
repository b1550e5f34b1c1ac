import { Counter, Gauge, type Registry } from 'prom-client';

/** Why the gateway refuses operations. */
export type OverloadReason = 'heap' | 'event loop' | 'held bytes' | 'operations';

export interface OverloadLoad {
  readonly operations: number;
  readonly waiting: number;
  readonly heldBytes: number;
}

/** Counts what the gateway has on its hands, and what it has refused because of that. */
export class OverloadMetrics {
  readonly #shed: Counter<'reason'>;
  readonly #slowReaders: Counter;

  constructor(registry: Registry, load: OverloadLoad) {
    const registers = [registry];
    this.#shed = new Counter({
      name: 'gateway_operations_shed_total',
      help: 'Operations that were refused because the gateway had too much to do, by what there was too much of.',
      labelNames: ['reason'],
      registers,
    });
    this.#slowReaders = new Counter({
      name: 'gateway_slow_readers_cut_total',
      help: 'Clients that were cut off over HTTP because others were refused for what they did not read.',
      registers,
    });
    const gauges: readonly (readonly [name: string, help: string, load: keyof OverloadLoad])[] = [
      ['gateway_operations_under_way', 'Operations of clients that are being executed.', 'operations'],
      ['gateway_operations_waiting', 'Operations of clients that wait for their turn.', 'waiting'],
      ['gateway_held_bytes', 'Bytes of answers that are held.', 'heldBytes'],
    ];
    for (const [name, help, part] of gauges) {
      const collect = (): void => gauge.set(load[part]);
      const gauge: Gauge = new Gauge({ name, help, registers, collect });
    }
  }

  shed(reason: OverloadReason): void {
    this.#shed.inc({ reason });
  }

  slowReadersCut(count: number): void {
    this.#slowReaders.inc(count);
  }
}

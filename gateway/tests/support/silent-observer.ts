import { createLogger } from '@supergraph/protocol';
import { SILENT_TRACER } from '@supergraph/telemetry';
import type { Registry } from 'prom-client';
import { OperationMetrics } from '../../src/metrics/operation.metrics.ts';
import { OperationNames } from '../../src/metrics/operation.names.ts';
import { OperationObserver } from '../../src/observation/operation.observer.ts';

/** Watches operations, and only counts them. */
export function silentObserver(registry: Registry): OperationObserver {
  return new OperationObserver({
    tracer: SILENT_TRACER,
    metrics: new OperationMetrics(registry, new OperationNames(100)),
    logger: createLogger('gateway', 'silent'),
    slowMs: Infinity,
  });
}

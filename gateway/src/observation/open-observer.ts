import type { Logger } from '@supergraph/protocol';
import { openTracer } from '@supergraph/telemetry';
import type { Registry } from 'prom-client';
import { OperationMetrics } from '../metrics/operation.metrics.ts';
import { OperationNames } from '../metrics/operation.names.ts';
import type { GatewaySettings } from '../settings.ts';
import { OperationObserver } from './operation.observer.ts';

/** Watches the operations of a gateway as its settings say. Its tracer is to be closed, last of all. */
export async function openObserver(
  settings: GatewaySettings,
  logger: Logger,
  registry: Registry,
): Promise<OperationObserver> {
  const tracer = await openTracer(settings.tracing, {
    service: 'gateway',
    isPublic: true,
    lost: (reason) =>
      reason
        ? logger.warn({ reason: reason.name }, 'Traces cannot be delivered')
        : logger.info('Traces are delivered again'),
  });
  const names = new OperationNames(settings.maxOperationNames, settings.knownOperationNames);
  const metrics = new OperationMetrics(registry, names);
  return new OperationObserver({ tracer, metrics, logger, slowMs: settings.slowOperationMs });
}

import type { Logger } from '@supergraph/protocol';
import { openTracer, type Tracer, tracingSettings } from '@supergraph/telemetry';
import type { SubgraphEnvironment } from '../environment.ts';

/** Traces as the environment says; without its word nothing is traced. */
export function openSubgraphTracer(service: string, environment: SubgraphEnvironment, log: Logger): Promise<Tracer> {
  return openTracer(tracingSettings(environment), {
    service,
    // Only the gateway is listened to, and it has decided what is traced.
    isPublic: false,
    lost: (reason) =>
      reason ? log.warn({ reason: reason.name }, 'traces cannot be delivered') : log.info('traces are delivered again'),
  });
}

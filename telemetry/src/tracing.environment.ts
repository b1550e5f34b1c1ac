import { z } from 'zod';

const endpoint = z.url({ protocol: /^https?$/, error: 'must be a URL with http: or https:' });

/**
 * The variables of the OpenTelemetry specification that say where traces go. Its other ones for the exporter, such as
 * `OTEL_EXPORTER_OTLP_HEADERS`, are read by the exporter itself.
 */
export const tracingEnvironment = z.object({
  /** The collector, for all signals: traces go to `v1/traces` below it. Without it, and the next, nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint.optional(),
  /** The same for traces alone, taken as it is. */
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: endpoint.optional(),
  /** The part of the requests that are traced, from 0 to 1. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).optional(),
});

export interface TracingSettings {
  /** Where traces are posted to, as OTLP/JSON. */
  readonly endpoint: string;
  /** The part of the requests that are traced, from 0 to 1. */
  readonly ratio: number;
}

/** `undefined` when nothing is to be traced. */
export function tracingSettings(variables: z.infer<typeof tracingEnvironment>): TracingSettings | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: collector, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces } = variables;
  if (!collector && !traces) return undefined;
  return {
    endpoint: traces ?? `${collector!.replace(/\/$/, '')}/v1/traces`,
    ratio: variables.OTEL_TRACES_SAMPLER_ARG ?? 1,
  };
}

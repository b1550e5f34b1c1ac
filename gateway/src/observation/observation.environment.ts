import { tracingEnvironment, tracingSettings } from '@supergraph/telemetry';
import { z } from 'zod';
import type { GatewaySettingsInput } from '../settings.ts';
import { list, number } from '../variable-types.ts';

/** The variables about what operators get to know. */
export const observationEnvironment = z.object({
  ...tracingEnvironment.shape,
  SLOW_OPERATION_MS: number.optional(),
  METRICS_MAX_OPERATION_NAMES: number.optional(),
  METRICS_OPERATION_NAMES: list.optional(),
  METRICS_PORT: number.optional(),
  METRICS_HOST: z.string().optional(),
  METRICS_TOKEN: z.string().optional(),
});

export function observationFrom(given: z.infer<typeof observationEnvironment>): GatewaySettingsInput {
  return {
    tracing: tracingSettings(given),
    slowOperationMs: given.SLOW_OPERATION_MS,
    maxOperationNames: given.METRICS_MAX_OPERATION_NAMES,
    knownOperationNames: given.METRICS_OPERATION_NAMES,
    metricsPort: given.METRICS_PORT,
    metricsHost: given.METRICS_HOST,
    metricsToken: given.METRICS_TOKEN,
  };
}

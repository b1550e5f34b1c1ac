import { z } from 'zod';
import type { GatewaySettingsInput } from '../settings.ts';

const number = z.coerce.number();

/** `identity=5000,orders=1000` */
const numberBySubgraph = z.string().transform((text, context) =>
  Object.fromEntries(
    text.split(',').map((item) => {
      const [name = '', value = ''] = item.split('=').map((part) => part.trim());
      if (!name || !/^\d+$/.test(value)) {
        context.addIssue({ code: 'custom', message: `'${item}' is not of the form name=number` });
      }
      return [name, Number(value)];
    }),
  ),
);

/** The variables of the resilience towards subgraphs. */
export const resilienceEnvironment = z.object({
  SUBGRAPH_TIMEOUTS: numberBySubgraph.optional(),
  SUBGRAPH_CONCURRENCY: number.optional(),
  SUBGRAPH_CONCURRENCIES: numberBySubgraph.optional(),
  SUBGRAPH_QUEUE: number.optional(),
  CIRCUIT_WINDOW_MS: number.optional(),
  CIRCUIT_MINIMUM_CALLS: number.optional(),
  CIRCUIT_FAILURE_PERCENT: number.optional(),
  CIRCUIT_OPEN_MS: number.optional(),
  RETRY_PERCENT: number.optional(),
  RETRY_BURST: number.optional(),
  RETRY_JITTER_MS: number.optional(),
});

export function resilienceFrom(given: z.infer<typeof resilienceEnvironment>): GatewaySettingsInput {
  return {
    subgraphTimeouts: given.SUBGRAPH_TIMEOUTS,
    subgraphConcurrency: given.SUBGRAPH_CONCURRENCY,
    subgraphConcurrencies: given.SUBGRAPH_CONCURRENCIES,
    subgraphQueue: given.SUBGRAPH_QUEUE,
    circuitWindowMs: given.CIRCUIT_WINDOW_MS,
    circuitMinimumCalls: given.CIRCUIT_MINIMUM_CALLS,
    circuitFailurePercent: given.CIRCUIT_FAILURE_PERCENT,
    circuitOpenMs: given.CIRCUIT_OPEN_MS,
    retryPercent: given.RETRY_PERCENT,
    retryBurst: given.RETRY_BURST,
    retryJitterMs: given.RETRY_JITTER_MS,
  };
}

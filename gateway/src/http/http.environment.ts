import { z } from 'zod';
import type { GatewaySettingsInput } from '../settings.ts';
import { flag, list, number } from '../variable-types.ts';

/** The variables of HTTP itself. */
export const httpEnvironment = z.object({
  COMPRESSION: flag.optional(),
  COMPRESSION_THRESHOLD: number.optional(),
  STRICT_TRANSPORT_SECURITY: number.optional(),
  PASSED_COOKIES: list.optional(),
  OPERATION_TIMEOUT_MS: number.optional(),
  HEADERS_TIMEOUT_MS: number.optional(),
  REQUEST_TIMEOUT_MS: number.optional(),
  ANSWER_TIMEOUT_MS: number.optional(),
  KEEP_ALIVE_TIMEOUT_MS: number.optional(),
  HEADER_LIMIT: number.optional(),
  REQUESTS_PER_CONNECTION: number.optional(),
  CONNECTION_CHECK_MS: number.optional(),
});

export function httpFrom(given: z.infer<typeof httpEnvironment>): GatewaySettingsInput {
  return {
    compression: given.COMPRESSION,
    compressionThreshold: given.COMPRESSION_THRESHOLD,
    strictTransportSecurity: given.STRICT_TRANSPORT_SECURITY,
    passedCookies: given.PASSED_COOKIES,
    operationTimeoutMs: given.OPERATION_TIMEOUT_MS,
    headersTimeoutMs: given.HEADERS_TIMEOUT_MS,
    requestTimeoutMs: given.REQUEST_TIMEOUT_MS,
    answerTimeoutMs: given.ANSWER_TIMEOUT_MS,
    keepAliveTimeoutMs: given.KEEP_ALIVE_TIMEOUT_MS,
    headerLimit: given.HEADER_LIMIT,
    requestsPerConnection: given.REQUESTS_PER_CONNECTION,
    connectionCheckMs: given.CONNECTION_CHECK_MS,
  };
}

import type { FormattedExecutionResult } from 'graphql';
import { startGateway, type GatewayOverrides, type RunningGateway } from '../../src/start-gateway.ts';
import type { GatewaySettingsInput } from '../../src/settings.ts';

export interface Answer extends FormattedExecutionResult<any> {
  readonly status: number;
  readonly headers: Headers;
  /** As it came, for looking for what must not be in it. */
  readonly text: string;
}

/** A gateway on a free port that logs nothing, and does not mind how fast a test asks unless told. */
export function startTestGateway(
  settings: GatewaySettingsInput,
  overrides?: GatewayOverrides,
): Promise<RunningGateway> {
  return startGateway(
    {
      ...{ host: '127.0.0.1', port: 0, logLevel: 'silent', drainTimeoutMs: 2_000, development: true },
      ...{ requestsPerAddress: 0, requestsPerPerson: 0, requestsPerKey: 0, costPerMinute: 0 },
      // A busy machine makes the event loop late, which is no overload of what is tested.
      maxEventLoopDelayMs: 30_000,
      ...settings,
    },
    overrides,
  );
}

export async function ask(
  gateway: RunningGateway,
  query: string,
  { headers, variables }: { headers?: Record<string, string>; variables?: Record<string, unknown> } = {},
): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${gateway.port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, ...JSON.parse(text) };
}

import { describe, expect, it } from '@jest/globals';
import { createLogger } from '@supergraph/protocol';
import { GraphQLError } from 'graphql';
import { Registry } from 'prom-client';
import { GatewayMetrics } from '../metrics/gateway.metrics.ts';
import type { RequestContext } from '../request-context.ts';
import { ErrorReporting } from './error.reporting.ts';

/** What is logged, at the most talkative level, when an operation ends with this error. */
function logOf(message: string, code: string): string {
  let log = '';
  const logger = createLogger('gateway', 'debug', { write: (line: string) => void (log += line) });
  const reporting = new ErrorReporting(logger, new GatewayMetrics(new Registry()), true);
  const context = { logger, correlationId: 'abc', record: {} } as RequestContext;
  reporting.report(new GraphQLError(message, { path: ['login'], extensions: { code } }).toJSON(), context);
  return log;
}

describe('the log', () => {
  it('says of a client’s error what kind it is and where, but not what the client sent', () => {
    const log = logOf('Variable "$input" got invalid value { password: "hunter2" }', 'BAD_USER_INPUT');
    expect(log).not.toContain('hunter2');
    expect(JSON.parse(log)).toMatchObject({ code: 'BAD_USER_INPUT', path: ['login'] });
  });

  it('has a fault of ours in full', () => {
    expect(logOf('connect ECONNREFUSED', 'ECONNREFUSED')).toContain('connect ECONNREFUSED');
  });
});

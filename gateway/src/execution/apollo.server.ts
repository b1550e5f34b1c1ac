import { ApolloServer, type ApolloServerOptionsWithGateway } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Logger } from '@supergraph/protocol';
import type { RequestContext } from '../request-context.ts';
import type { GatewaySettings } from '../settings.ts';
import type { ErrorReporting } from './error.reporting.ts';

/** Apollo Server with what it does per request cut down to what we need of it. */
export function createApolloServer(
  gateway: ApolloServerOptionsWithGateway<RequestContext>['gateway'],
  settings: GatewaySettings,
  logger: Logger,
  errors: ErrorReporting,
): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    gateway,
    logger,
    introspection: settings.introspection,
    formatError: errors.format,
    plugins: [
      errors.plugin,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
    csrfPrevention: true,
    persistedQueries: false,
    parseOptions: { maxTokens: settings.maxTokens },
    stringifyResult: (result) => JSON.stringify(result),
    // Otherwise these would follow NODE_ENV, and a gateway started without it would answer with stack traces.
    nodeEnv: 'production',
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
  });
}

import { ApolloServer, type ApolloServerOptionsWithGateway, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Logger } from '@supergraph/protocol';
import { legacyStatusPlugin } from '../http/legacy-status.plugin.ts';
import { MAX_VALIDATION_ERRORS, parseOptions } from '../limits/document.limits.ts';
import type { RequestContext } from '../request-context.ts';
import type { GatewaySettings } from '../settings.ts';
import { ValidDocuments } from './document.store.ts';
import type { ErrorReporting } from './error.reporting.ts';

/** Apollo Server with what it does per request cut down to what we need of it. */
export function createApolloServer(
  gateway: ApolloServerOptionsWithGateway<RequestContext>['gateway'],
  settings: GatewaySettings,
  logger: Logger,
  errors: ErrorReporting,
  plugins: readonly ApolloServerPlugin<RequestContext>[],
): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    gateway,
    logger,
    introspection: settings.introspection,
    formatError: errors.format,
    plugins: [
      errors.plugin,
      ...plugins,
      legacyStatusPlugin,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
    // The route has seen to it, with more at hand than Apollo gets to see.
    csrfPrevention: false,
    persistedQueries: false,
    parseOptions: parseOptions(settings),
    validationOptions: { maxErrors: MAX_VALIDATION_ERRORS },
    documentStore: new ValidDocuments(),
    allowBatchedHttpRequests: settings.maxBatch > 1,
    stringifyResult: (result) => JSON.stringify(result),
    // Otherwise these would follow NODE_ENV, and a gateway started without it would answer with stack traces.
    nodeEnv: 'production',
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
  });
}

import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import type { Span } from '@supergraph/telemetry';
import type { RequestContext } from '../request-context.ts';

/** Has Apollo Server say when it parses and validates, which it does for documents that it has not seen lately. */
export function tracingPlugin(): ApolloServerPlugin<RequestContext> {
  // One listener for all requests: it holds nothing of any of them.
  const listener: GraphQLRequestListener<RequestContext> = {
    parsingDidStart: async ({ contextValue }) => {
      const span = contextValue.record.span.child('parse', 'internal');
      return async (error) => finish(span, error);
    },
    validationDidStart: async ({ contextValue }) => {
      const span = contextValue.record.span.child('validate', 'internal');
      return async (errors) => finish(span, errors?.[0]);
    },
  };
  return { requestDidStart: async () => listener };
}

function finish(span: Span, error: Error | undefined): void {
  if (error) span.fail(error.name);
  span.end();
}

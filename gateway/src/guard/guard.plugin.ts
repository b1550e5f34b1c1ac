import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import { ErrorCode } from '@supergraph/protocol';
import type { LiveGraph } from '../graph/live-graph.ts';
import type { RequestContext } from '../request-context.ts';
import type { OperationGuard } from './operation.guard.ts';
import { Refusal } from './refusal.ts';

/** Has Apollo Server ask the guard before an operation is planned. */
export function guardPlugin(guard: OperationGuard, graph: () => LiveGraph): ApolloServerPlugin<RequestContext> {
  // One listener for all requests: it holds nothing of any of them.
  const listener: GraphQLRequestListener<RequestContext> = {
    didResolveOperation: ({ document, operation, operationName, queryHash, request, contextValue }) => {
      // Apollo leaves it to the executor to say so, and ours are only given operations that are there.
      if (!operation) throw new Refusal(ErrorCode.BAD_REQUEST, noOperation(request.operationName), { status: 400 });
      return guard.admit({
        graph: graph().current,
        document,
        operation,
        operationName: operationName ?? undefined,
        documentKey: queryHash,
        variables: request.variables ?? {},
        context: contextValue,
      });
    },
  };
  return { requestDidStart: async () => listener };
}

function noOperation(name: string | undefined): string {
  if (name === undefined) return 'The document has several operations; `operationName` has to say which one is to run';
  return 'The document has no operation of the name that `operationName` says';
}

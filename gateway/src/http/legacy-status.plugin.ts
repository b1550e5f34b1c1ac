import { type ApolloServerPlugin, type GraphQLRequestListener, HeaderMap } from '@apollo/server';
import { ErrorCode } from '@supergraph/protocol';
import type { RequestContext } from '../request-context.ts';
import { expectsStatus200 } from './request-form.ts';

/** What is wrong with a document or its variables, as against what is wrong with a request. */
const OF_THE_DOCUMENT: ReadonlySet<unknown> = new Set([
  ErrorCode.GRAPHQL_PARSE_FAILED,
  ErrorCode.GRAPHQL_VALIDATION_FAILED,
  ErrorCode.BAD_USER_INPUT,
]);

const listener: GraphQLRequestListener<RequestContext> = {
  // Only here, where Apollo has found errors and not yet made a status of them: an answer without errors costs nothing.
  didEncounterErrors: async ({ request, errors }) => {
    if (!request.http || !expectsStatus200(request.http.headers.get('accept'))) return;
    for (const { extensions } of errors) {
      if (OF_THE_DOCUMENT.has(extensions.code)) extensions.http = { status: 200, headers: new HeaderMap() };
    }
  },
};

/**
 * Answers clients that expect `application/json` with 200 where only the document is at fault, as the specification of
 * GraphQL over HTTP wants it: they take another status for a failure of the network. All others get a 400.
 */
export const legacyStatusPlugin: ApolloServerPlugin<RequestContext> = { requestDidStart: async () => listener };

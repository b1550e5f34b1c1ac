import { ErrorCode } from '@supergraph/protocol';
import {
  type DocumentNode,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  validate,
  type ValidationRule,
  specifiedRules,
} from 'graphql';
import type { LoadedGraph } from '../graph/live-graph.ts';
import { OperationFailure } from './operation-failure.ts';
import type { ProgramCache } from '../execution/program.cache.ts';
import { SubscriptionProgram } from './subscription.program.ts';

export interface SubscriptionRequest {
  /** The text that `document` was parsed from. */
  readonly query: string;
  readonly document: DocumentNode;
  readonly operationName?: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Validates and plans a subscription, or finds its plan in the cache.
 *
 * Throws `OperationFailure` with what is wrong with the document or its variables.
 */
export function compileSubscription(
  graph: LoadedGraph,
  request: SubscriptionRequest,
  cache: ProgramCache<SubscriptionProgram>,
  extraRules: readonly ValidationRule[] = [],
): SubscriptionProgram {
  const { query, document, operationName } = request;
  const program = cache.get(graph, JSON.stringify([operationName, query]), () => {
    refuseAny(validationErrors(graph, document, extraRules), ErrorCode.GRAPHQL_VALIDATION_FAILED);
    return new SubscriptionProgram(graph, document, operationName);
  });
  const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
  const { errors = [] } = getVariableValues(graph.apiSchema, definitions, request.variables, { maxErrors: 20 });
  refuseAny(errors, ErrorCode.BAD_USER_INPUT);
  return program;
}

function validationErrors(
  { apiSchema }: LoadedGraph,
  document: DocumentNode,
  extraRules: readonly ValidationRule[],
): readonly GraphQLError[] {
  try {
    return validate(apiSchema, document, [...specifiedRules, ...extraRules]);
  } catch (error) {
    // graphql-js throws where it should report, when a variable decides on the root field of a subscription.
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

function refuseAny(errors: readonly GraphQLError[], code: ErrorCode): void {
  if (errors.length === 0) return;
  throw new OperationFailure(
    errors.map((error) => {
      const { message, locations, extensions } = error.toJSON();
      return { message, ...(locations && { locations }), extensions: { code, ...extensions } };
    }),
  );
}

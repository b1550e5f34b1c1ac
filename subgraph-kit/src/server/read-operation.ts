import { ErrorCode } from '@supergraph/protocol';
import { type DocumentNode, type ExecutionArgs, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import { isRefusedLiteral } from '../errors/refused-literal.ts';

/** What arrives over a socket. */
export interface OperationPayload {
  readonly query: string;
  readonly operationName?: string | undefined | null;
  readonly variables?: Record<string, unknown> | undefined | null;
}

/**
 * Parses and validates an operation. What is wrong with it comes back as coded errors: thrown, it would close the
 * socket, and with it the subscriptions of everybody else on it.
 */
export function readOperation(
  schema: GraphQLSchema,
  payload: OperationPayload,
): ExecutionArgs | readonly GraphQLError[] {
  let document: DocumentNode;
  try {
    document = parse(payload.query);
  } catch (error) {
    return [coded(error as GraphQLError, ErrorCode.GRAPHQL_PARSE_FAILED)];
  }
  const problems = validate(schema, document);
  if (problems.length > 0) return problems.map((problem) => coded(problem, codeOf(problem)));
  return { schema, document, operationName: payload.operationName, variableValues: payload.variables };
}

function codeOf(problem: GraphQLError): ErrorCode {
  return isRefusedLiteral(problem) ? ErrorCode.BAD_USER_INPUT : ErrorCode.GRAPHQL_VALIDATION_FAILED;
}

function coded({ message, nodes, source, positions }: GraphQLError, code: ErrorCode): GraphQLError {
  return new GraphQLError(message, { nodes, source, positions, extensions: { code } });
}

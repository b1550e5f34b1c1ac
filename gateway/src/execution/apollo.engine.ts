import type { ApolloGateway } from '@apollo/gateway';
import type { GraphQLError } from 'graphql';
import type { Engine, Operation, OperationResult } from './engine.ts';

/** Apollo Gateway's own planner and executor. */
export class ApolloEngine implements Engine {
  readonly #gateway: ApolloGateway;

  constructor(gateway: ApolloGateway) {
    this.#gateway = gateway;
  }

  async execute(operation: Operation): Promise<OperationResult> {
    const result = await this.#gateway.executor(operation);
    return result.extensions?.valueCompletion ? completedWithErrors(result) : result;
  }
}

/**
 * Where a subgraph breaks its own schema, for example with null in a field that cannot be null, the executor nulls the
 * data and hides the reason in an extension. A null with no error in its path is not an answer the specification knows.
 */
function completedWithErrors({ extensions, errors, ...result }: OperationResult): OperationResult {
  const { valueCompletion, ...others } = extensions as Record<string, unknown>;
  return {
    ...result,
    errors: [...(errors ?? []), ...(valueCompletion as GraphQLError[])],
    ...(Object.keys(others).length > 0 && { extensions: others }),
  };
}

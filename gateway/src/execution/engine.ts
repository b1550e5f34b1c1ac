import type { ApolloGateway } from '@apollo/gateway';

/** One operation, parsed and valid, with all that its execution needs to know. */
export type Operation = Parameters<ApolloGateway['executor']>[0];

export type OperationResult = Awaited<ReturnType<ApolloGateway['executor']>>;

/** Plans and executes queries and mutations. What stands in front of the plan, and what runs it, lies behind this. */
export interface Engine {
  execute(operation: Operation): Promise<OperationResult>;
}

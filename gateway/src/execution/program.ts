import type { GraphQLDataSource } from '@apollo/gateway';
import type { GraphQLError } from 'graphql';
import type { RequestContext } from '../request-context.ts';

export type Variables = Readonly<Record<string, unknown>>;

export interface ProgramRun {
  /** As the client sent them, found valid. */
  readonly variables: Variables;
  readonly context: RequestContext;
  /** How to call each subgraph, by name. */
  readonly sources: { get(subgraph: string): GraphQLDataSource | undefined };
}

export interface ProgramResult {
  /** Absent when the operation could not be run at all. */
  readonly data?: Record<string, unknown> | null;
  /** As they came, not yet fit for the eyes of a client. Absent when there are none. */
  readonly errors?: readonly GraphQLError[];
}

/** One operation, planned. Keeps nothing of a run, so one program serves everybody who sends the same document. */
export interface Program {
  run(run: ProgramRun): Promise<ProgramResult>;
}

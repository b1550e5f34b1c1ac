import type { Span } from '@supergraph/telemetry';
import type { OperationTypeNode } from 'graphql';

export interface SubgraphCallRecord {
  readonly subgraph: string;
  readonly milliseconds: number;
}

/**
 * What is found out about an operation on its way, for metrics, traces and the log.
 *
 * One object per operation, which all copies of its context share: Apollo Server makes one of its own.
 */
export class OperationRecord {
  readonly startedAt = performance.now();
  readonly correlationId: string;
  readonly span: Span;
  /** As the client calls it. Absent for an operation without a name, and for what never was found to be one. */
  name: string | undefined;
  /** Absent for what is not a valid operation. */
  type: OperationTypeNode | undefined;
  /** How many errors the answer has. */
  errors = 0;
  isOver = false;
  readonly calls: SubgraphCallRecord[] = [];

  constructor(correlationId: string, span: Span) {
    this.correlationId = correlationId;
    this.span = span;
  }
}

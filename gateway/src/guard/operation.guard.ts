import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { LoadedGraph } from '../graph/live-graph.ts';
import type { DocumentLimits } from '../limits/document.limits.ts';
import type { RequestContext } from '../request-context.ts';
import { Refusal } from './refusal.ts';
import type { RefusedCaller, RefusalLog } from './refusal.log.ts';

/** One operation, parsed and valid, on its way to the plan: a query, a mutation or a subscription. */
export interface GuardedOperation {
  readonly graph: LoadedGraph;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | undefined;
  /** The text of the document, or a hash of it: what is found out about a document can be kept under it. */
  readonly documentKey: string;
  /** As the client sent them. Not yet coerced: a wrong one is refused later, in GraphQL's own words. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
}

/** One thing that is asked of each operation before it is planned. Throws {@link Refusal}. */
export interface Admission {
  admit(operation: GuardedOperation): void | Promise<void>;
}

/** What is asked of each request before anything of it is read. Throws {@link Refusal}. */
export interface Arrival {
  /** Returns HTTP headers for the answer. */
  arrive(context: RequestContext, requests: number): Readonly<Record<string, string>>;
}

export interface OperationGuardParts {
  /** Absent in front of what is trusted not to be hostile. */
  readonly documents?: DocumentLimits | undefined;
  /** Absent where nobody counts. */
  readonly arrival?: Arrival | undefined;
  readonly admissions: readonly Admission[];
  readonly refusals: RefusalLog;
}

const NOTHING_TO_TELL = {};

/**
 * What every operation has to pass, over HTTP and over sockets alike: its arrival, its text before it is parsed and
 * validated, because validation itself can be made to take for ever, and the operation before it is planned. What does not
 * pass is recorded.
 */
export class OperationGuard {
  readonly #parts: OperationGuardParts;

  constructor(parts: OperationGuardParts) {
    this.#parts = parts;
  }

  /** Lets everything through. */
  static open(refusals: RefusalLog): OperationGuard {
    return new OperationGuard({ admissions: [], refusals });
  }

  /** Counts a request, over HTTP also one whose token does not hold. Returns HTTP headers for the answer. */
  arrive(context: RequestContext, requests = 1): Readonly<Record<string, string>> {
    try {
      return this.#parts.arrival?.arrive(context, requests) ?? NOTHING_TO_TELL;
    } catch (error) {
      throw this.#recorded(error, context);
    }
  }

  /** Counts the others of a list of operations, of which the first was counted as the request that they came in. */
  arriveWith(others: number, context: RequestContext): void {
    try {
      this.#parts.documents?.countBatch(others + 1);
    } catch (error) {
      throw this.#recorded(error, context);
    }
    this.arrive(context, others);
  }

  /** @param source the document, as the client sent it or as it was found by its hash; a list when several came at once */
  inspect(source: string | readonly string[], context: RefusedCaller): void {
    try {
      if (typeof source === 'string') this.#parts.documents?.inspect(source);
      else this.#parts.documents?.inspectBatch(source);
    } catch (error) {
      throw this.#recorded(error, context);
    }
  }

  async admit(operation: GuardedOperation): Promise<void> {
    const { record } = operation.context;
    record.name = operation.operation.name?.value;
    record.type = operation.operation.operation;
    try {
      for (const admission of this.#parts.admissions) await admission.admit(operation);
    } catch (error) {
      throw this.#recorded(error, operation.context, operation.operation.name?.value);
    }
  }

  #recorded(error: unknown, context: RefusedCaller, operationName?: string): unknown {
    if (error instanceof Refusal) this.#parts.refusals.recordThrown(error, context, operationName);
    return error;
  }
}

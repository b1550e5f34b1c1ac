import type { Logger } from '@supergraph/protocol';
import { Attribute, CORRELATION_ATTRIBUTE, type Tracer } from '@supergraph/telemetry';
import { FloodGate } from '../guard/flood.gate.ts';
import type { OperationMetrics } from '../metrics/operation.metrics.ts';
import { OperationRecord } from './operation.record.ts';

export interface OperationObserverParts {
  readonly tracer: Tracer;
  readonly metrics: OperationMetrics;
  readonly logger: Logger;
  /** What takes as long is told of in the log. In milliseconds. */
  readonly slowMs: number;
}

/** In characters. A client chooses how long the name of its operation is. */
const MAX_NAME_LENGTH = 100;

/**
 * Watches operations from their first byte to their last: counts them, traces them, and tells of those that were slow.
 * Each of the others has a line at `debug`; at the levels of production it has none, because that would cost more than
 * many operations do.
 */
export class OperationObserver {
  readonly tracer: Tracer;
  readonly #parts: OperationObserverParts;
  readonly #slow: FloodGate<object>;

  constructor(parts: OperationObserverParts) {
    this.#parts = parts;
    this.tracer = parts.tracer;
    this.#slow = new FloodGate((about, suppressed, isMixed) =>
      parts.logger.warn({ ...(!isMixed && about), suppressed }, 'More operations were slow like this'),
    );
  }

  /** `traceparent` is what the client says. */
  begin(correlationId: string, traceparent: string | string[] | undefined): OperationRecord {
    const { tracer } = this;
    const parent = typeof traceparent === 'string' ? traceparent : undefined;
    const span = tracer.start('GraphQL Operation', 'server', parent, { [CORRELATION_ATTRIBUTE]: correlationId });
    return new OperationRecord(correlationId, span);
  }

  /** One event of a subscription, which is joined like a query. */
  beginEvent({ correlationId, name, type, span }: OperationRecord): OperationRecord {
    const event = new OperationRecord(correlationId, span.child('event', 'internal'));
    event.name = name;
    event.type = type;
    return event;
  }

  /**
   * The answer is on its way; of a subscription, it runs now. Only the first call counts. `status` is that of HTTP, where
   * HTTP is what it came over.
   */
  ended(record: OperationRecord, status?: number): void {
    if (record.isOver) return;
    record.isOver = true;
    const milliseconds = performance.now() - record.startedAt;
    this.#parts.metrics.operationEnded(record, milliseconds);
    this.#finish(record, milliseconds, status);
  }

  eventEnded(record: OperationRecord): void {
    const milliseconds = performance.now() - record.startedAt;
    this.#parts.metrics.eventEnded(milliseconds);
    this.#finish(record, milliseconds);
  }

  /** Tells of what was held back. */
  close(): void {
    this.#slow.close();
  }

  #finish(record: OperationRecord, milliseconds: number, status?: number): void {
    if (this.tracer.isOn) describe(record, status);
    record.span.end();
    const { logger, slowMs } = this.#parts;
    if (milliseconds >= slowMs) this.#tellOfSlow(record, milliseconds);
    else if (logger.isLevelEnabled('debug')) logger.debug(summaryOf(record, milliseconds, status), 'An operation');
  }

  #tellOfSlow(record: OperationRecord, milliseconds: number): void {
    const operationName = nameOf(record);
    if (!this.#slow.passes(operationName ?? '', { operationName })) return;
    this.#parts.logger.warn(summaryOf(record, milliseconds), 'An operation was slow');
  }
}

function describe({ span, name, type, errors }: OperationRecord, status: number | undefined): void {
  // The type alone, as the conventions have it: names come from clients, and there is no end of them.
  if (type) span.rename(type);
  span.set({
    [Attribute.GRAPHQL_OPERATION_NAME]: name?.slice(0, MAX_NAME_LENGTH),
    [Attribute.GRAPHQL_OPERATION_TYPE]: type,
    ...(status !== undefined && {
      [Attribute.HTTP_ROUTE]: '/graphql',
      [Attribute.HTTP_RESPONSE_STATUS_CODE]: status,
    }),
  });
  if (errors > 0 || (status ?? 0) >= 500) span.fail(status === undefined ? 'errors' : String(status));
}

function summaryOf(record: OperationRecord, milliseconds: number, status?: number): object {
  const { correlationId, type, errors, calls } = record;
  return {
    correlationId,
    operationName: nameOf(record),
    type,
    status,
    errors,
    durationMs: Math.round(milliseconds),
    subgraphs: calls.map(({ subgraph, milliseconds: taken }) => ({ subgraph, durationMs: Math.round(taken) })),
  };
}

function nameOf({ name }: OperationRecord): string | undefined {
  return name?.slice(0, MAX_NAME_LENGTH);
}

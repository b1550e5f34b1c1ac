import { Attribute, CORRELATION_ATTRIBUTE, type Span, type Tracer } from '@supergraph/telemetry';

/** Work that something else asked for, earlier and maybe elsewhere. */
export interface BackgroundStep {
  readonly name: string;
  /** What brought it here. */
  readonly system: string;
  /** Who it was brought to. */
  readonly destination: string;
  readonly id: string;
  readonly correlationId: string;
  readonly traceparent: string | undefined;
}

/** Runs it as a step of the trace of what asked for it. */
export async function traceBackground(
  tracer: Tracer,
  step: BackgroundStep,
  run: (span: Span) => Promise<void>,
): Promise<void> {
  const span = tracer.start(step.name, 'consumer', step.traceparent, {
    [CORRELATION_ATTRIBUTE]: step.correlationId,
    [Attribute.MESSAGING_SYSTEM]: step.system,
    [Attribute.MESSAGING_DESTINATION_NAME]: step.destination,
    [Attribute.MESSAGING_MESSAGE_ID]: step.id,
  });
  try {
    await tracer.within(span, () => run(span));
  } catch (error) {
    failedWith(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** Marks a span as failed by the kind of the error: its message may hold anything. */
export function failedWith(span: Span, error: unknown): void {
  span.fail(error instanceof Error ? error.name : 'error');
}

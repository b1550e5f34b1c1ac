import { SILENT_TRACER } from './silent.tracer.ts';
import type { Tracer } from './span.ts';
import type { TracingSettings } from './tracing.environment.ts';

export interface TracerOptions {
  /** The service's name in the traces. */
  readonly service: string;
  /**
   * Whether strangers call this service. They may give their own trace an id, and say that it is not to be traced; that
   * it is to be traced whatever the ratio says, they may not.
   */
  readonly isPublic: boolean;
  /** Told when traces begin to get lost, and why; and, with nothing, when they arrive again. */
  readonly lost: (reason: Error | undefined) => void;
}

/** A tracer that exports by OTLP/HTTP, or, without settings, one that does nothing and for which nothing is loaded. */
export async function openTracer(settings: TracingSettings | undefined, options: TracerOptions): Promise<Tracer> {
  if (!settings) return SILENT_TRACER;
  const { createOtlpTracer } = await import('./otlp.tracer.ts');
  return createOtlpTracer(settings, options);
}

import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

/** Says once when traces begin to get lost, and once when they arrive again. To the processor all goes well. */
export class ToldExporter implements SpanExporter {
  readonly #exporter: SpanExporter;
  readonly #lost: (reason: Error | undefined) => void;
  #isLosing = false;

  constructor(exporter: SpanExporter, lost: (reason: Error | undefined) => void) {
    this.#exporter = exporter;
    this.#lost = lost;
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.#exporter.export(spans, ({ code, error }) => {
      const hasFailed = code !== ExportResultCode.SUCCESS;
      if (hasFailed !== this.#isLosing) {
        this.#isLosing = hasFailed;
        this.#lost(hasFailed ? (error ?? new Error('The collector did not take the traces')) : undefined);
      }
      // A failure would be passed to OpenTelemetry's global handler, which is not ours to set.
      done({ code: ExportResultCode.SUCCESS });
    });
  }

  forceFlush(): Promise<void> {
    return this.#exporter.forceFlush?.() ?? Promise.resolve();
  }

  shutdown(): Promise<void> {
    return this.#exporter.shutdown();
  }
}

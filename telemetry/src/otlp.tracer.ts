import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Attributes as OtelAttributes,
  ROOT_CONTEXT,
  type Span as OtelSpan,
  SpanKind as OtelSpanKind,
  SpanStatusCode,
  trace,
  type Tracer as OtelTracer,
} from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TracerProvider,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import { Attribute } from './attribute.ts';
import type { TracerOptions } from './open-tracer.ts';
import { RandomSampler } from './random.sampler.ts';
import { SILENT_SPAN } from './silent.tracer.ts';
import type { Attributes, Span, SpanKind, Tracer } from './span.ts';
import { ToldExporter } from './told.exporter.ts';
import type { TracingSettings } from './tracing.environment.ts';

/** How long one export may take, its repetitions included. A collector is near, or it is of little use. */
const EXPORT_MS = 2_000;
/** More than an export, so that the last one is told of when it is lost. */
const CLOSE_MS = 2_500;

/** Longer values, which only a statement has, are cut: many would fill the memory before they are sent. */
const MAX_ATTRIBUTE_LENGTH = 4_000;

const KINDS: Readonly<Record<SpanKind, OtelSpanKind>> = {
  server: OtelSpanKind.SERVER,
  client: OtelSpanKind.CLIENT,
  internal: OtelSpanKind.INTERNAL,
  producer: OtelSpanKind.PRODUCER,
  consumer: OtelSpanKind.CONSUMER,
};

/** Records spans and posts them in batches. What the collector does not take in time is dropped. */
export function createOtlpTracer({ endpoint, ratio }: TracingSettings, options: TracerOptions): Tracer {
  const exporter = new OTLPTraceExporter({ url: endpoint, timeoutMillis: EXPORT_MS });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': options.service }),
    sampler: new ParentBasedSampler({
      root: new TraceIdRatioBasedSampler(ratio),
      // By chance, not by the trace's id: that is the stranger's choice.
      ...(options.isPublic && { remoteParentSampled: new RandomSampler(ratio) }),
    }),
    spanLimits: { attributeValueLengthLimit: MAX_ATTRIBUTE_LENGTH },
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new ToldExporter(exporter, options.lost),
        maxQueueSize: 4_096,
        exportTimeoutMillis: EXPORT_MS,
        scheduledDelayMillis: 1_000,
      }),
    ],
  });
  return new OtlpTracer(provider, provider.getTracer('supergraph'));
}

class OtlpTracer implements Tracer {
  readonly isOn = true;
  readonly #provider: TracerProvider;
  readonly #tracer: OtelTracer;
  readonly #running = new AsyncLocalStorage<Span>();

  constructor(provider: TracerProvider, tracer: OtelTracer) {
    this.#provider = provider;
    this.#tracer = tracer;
  }

  get current(): Span {
    return this.#running.getStore() ?? SILENT_SPAN;
  }

  start(name: string, kind: SpanKind, traceparent: string | undefined, attributes?: Attributes): Span {
    const remote = traceparent === undefined ? null : parseTraceParent(traceparent);
    const parent = remote ? trace.setSpanContext(ROOT_CONTEXT, { ...remote, isRemote: true }) : ROOT_CONTEXT;
    return new RecordedSpan(
      this.#tracer,
      this.#tracer.startSpan(name, { kind: KINDS[kind], attributes: attributes as OtelAttributes }, parent),
    );
  }

  within<Result>(span: Span, run: () => Result): Result {
    return this.#running.run(span, run);
  }

  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_MS)));
    // A collector that is away is no reason not to stop.
    await Promise.race([this.#provider.shutdown().catch(() => {}), tooLate]);
    clearTimeout(timer);
  }
}

class RecordedSpan implements Span {
  readonly #tracer: OtelTracer;
  readonly #span: OtelSpan;

  constructor(tracer: OtelTracer, span: OtelSpan) {
    this.#tracer = tracer;
    this.#span = span;
  }

  get traceparent(): string {
    const { traceId, spanId, traceFlags } = this.#span.spanContext();
    return `00-${traceId}-${spanId}-0${traceFlags & 1}`;
  }

  child(name: string, kind: SpanKind, attributes?: Attributes): Span {
    const parent = trace.setSpan(ROOT_CONTEXT, this.#span);
    const options = { kind: KINDS[kind], attributes: attributes as OtelAttributes };
    return new RecordedSpan(this.#tracer, this.#tracer.startSpan(name, options, parent));
  }

  rename(name: string): void {
    this.#span.updateName(name);
  }

  set(attributes: Attributes): void {
    this.#span.setAttributes(attributes as OtelAttributes);
  }

  fail(type: string): void {
    this.#span.setAttribute(Attribute.ERROR_TYPE, type).setStatus({ code: SpanStatusCode.ERROR });
  }

  end(): void {
    this.#span.end();
  }
}

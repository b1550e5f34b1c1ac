/** What a span stands for: a call taken, a call made, or work within one process. */
export type SpanKind = 'server' | 'client' | 'internal' | 'producer' | 'consumer';

/** By the names of `Attribute`. What is `undefined` is left out. Never what a client sent, never a parameter. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** One step of a trace, from its start until `end`. */
export interface Span {
  /** Tells the next process, in the form of the header `traceparent`. Absent where nothing is traced. */
  readonly traceparent: string | undefined;
  /** Starts a step that this one consists of. */
  child(name: string, kind: SpanKind, attributes?: Attributes): Span;
  rename(name: string): void;
  set(attributes: Attributes): void;
  /** Marks it as failed. `type` is a code or the name of an error's class, never a message. */
  fail(type: string): void;
  end(): void;
}

/** Follows what one request causes. */
export interface Tracer {
  /** Whether it does anything at all. */
  readonly isOn: boolean;
  /** Starts the first step in this process. `traceparent` is what the caller said; what is not of that form is ignored. */
  start(name: string, kind: SpanKind, traceparent: string | undefined, attributes?: Attributes): Span;
  /** Runs something as part of a span, which is {@link current} meanwhile, also after an `await`. */
  within<Result>(span: Span, run: () => Result): Result;
  /** The span that the caller is part of; one that does nothing when there is none. */
  readonly current: Span;
  /** Sends what is left, which takes 2.5 seconds at most. Never rejects. */
  close(): Promise<void>;
}

import type { Span, Tracer } from './span.ts';

/** Records nothing. One object for all, so that where nothing is traced nothing is allocated. */
export const SILENT_SPAN: Span = {
  traceparent: undefined,
  child: () => SILENT_SPAN,
  rename: () => {},
  set: () => {},
  fail: () => {},
  end: () => {},
};

/** Traces nothing and keeps no context. */
export const SILENT_TRACER: Tracer = {
  isOn: false,
  current: SILENT_SPAN,
  start: () => SILENT_SPAN,
  within: (_span, run) => run(),
  close: async () => {},
};

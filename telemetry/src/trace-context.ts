/** The header in which one process tells the next which trace a call belongs to, as the W3C recommends it. */
export const TRACE_CONTEXT_HEADER = 'traceparent';

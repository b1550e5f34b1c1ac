export * from './attribute.ts';
export * from './open-tracer.ts';
export * from './silent.tracer.ts';
export * from './span.ts';
export * from './trace-context.ts';
export * from './tracing.environment.ts';

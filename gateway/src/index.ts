export * from './environment.ts';
export * from './execution/engine.ts';
export * from './graph/live-graph.ts';
export * from './request-context.ts';
export * from './settings.ts';
export * from './start-gateway.ts';

export * from './sql-counter.ts';
export * from './subgraph.client.ts';
export * from './subgraph.socket.ts';
export * from './test-clock.ts';
export * from './test-database.ts';
export * from './test-live.ts';
export * from './test-subgraph.ts';
export * from './token-issuer.ts';

import { availableParallelism } from 'node:os';

/** One configuration for the whole workspace: ESM, sources straight through SWC, one shared PostgreSQL. */
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node'] },
  testMatch: [
    '<rootDir>/{protocol,telemetry,embedded-database,subgraph-kit,testkit,gateway,schema-tools,standalone}/**/*.test.ts',
    '<rootDir>/subgraphs/*/**/*.test.ts',
    '<rootDir>/scripts/**/*.test.mjs',
  ],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  globalSetup: '<rootDir>/testkit/src/global-setup.ts',
  globalTeardown: '<rootDir>/testkit/src/global-teardown.ts',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  testTimeout: 20_000,
  // More than there are cores, because tests wait for a database, a pause, another process; Jest would take fewer.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  testSequencer: '<rootDir>/scripts/slowest-first.sequencer.mjs',
};

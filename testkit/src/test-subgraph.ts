import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLogger } from '@supergraph/protocol';
import {
  type Live,
  MemoryLive,
  migrate,
  migrationFolders,
  migrationPlanOf,
  type RunningSubgraph,
  startSubgraph,
  type SubgraphDefinition,
  type SubgraphEnvironment,
} from '@supergraph/subgraph-kit';
import type { Client } from 'graphql-ws';
import { SqlCounter } from './sql-counter.ts';
import { SubgraphClient } from './subgraph.client.ts';
import { openSubgraphSocket } from './subgraph.socket.ts';
import { TestClock } from './test-clock.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';
import { TEST_AUDIENCE, TEST_ISSUER, TokenIssuer } from './token-issuer.ts';

export const TEST_SIGNING_SECRET = 'a signing secret that only tests use';
export const TEST_SEALING_SECRET = 'a sealing secret that only tests use';

export interface TestSubgraphOptions<Environment> {
  /** What the subgraph reads from its environment beyond what every subgraph does. */
  readonly environment?: Partial<Environment>;
  /** Joins an existing database, for tests with several processes' worth of subgraphs. */
  readonly database?: TestDatabase;
  readonly clock?: TestClock;
  readonly live?: Live;
  /** Handle events and run jobs on their own, as in production. Off by default: a test says when. */
  readonly background?: boolean;
  /** Verify tokens with the subgraph's own keys instead of the test issuer's. */
  readonly ownKeys?: boolean;
}

export interface TestSubgraph<Running> extends AsyncDisposable {
  readonly running: Running;
  readonly client: SubgraphClient;
  /** Opens a socket like the gateway's; the test disposes of it. */
  openSocket(): Client;
  readonly sql: SqlCounter;
  readonly clock: TestClock;
  readonly tokens: TokenIssuer;
  readonly database: TestDatabase;
  /** Handles every event that is due, and those that come of it. */
  drainEvents(): Promise<number>;
  /** Runs every job that is due, and those that come of it. */
  runJobs(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a subgraph on a database of its own, with time and tokens in the test's hands. */
export async function startTestSubgraph<
  Environment extends SubgraphEnvironment,
  Services,
  Events extends object,
  Loaders,
  Cases,
>(
  definition: SubgraphDefinition<Environment, Services, Events, Loaders, Cases>,
  options: TestSubgraphOptions<Environment> = {},
): Promise<TestSubgraph<RunningSubgraph<Environment, Services, Events, Loaders, Cases>>> {
  const database = options.database ?? (await createSubgraphDatabase([definition]));
  const clock = options.clock ?? new TestClock();
  const tokens = new TokenIssuer(clock);
  const sql = new SqlCounter();
  const environment = {
    PORT: 0,
    HOST: '127.0.0.1',
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: 10,
    SUBGRAPH_SIGNING_SECRET: TEST_SIGNING_SECRET,
    TOKEN_ISSUER: TEST_ISSUER,
    TOKEN_AUDIENCE: TEST_AUDIENCE,
    SEALING_SECRETS: [TEST_SEALING_SECRET],
    LOG_LEVEL: 'silent',
    ...options.environment,
  } as Environment;
  const log = createLogger(definition.name, process.env.TEST_LOG_LEVEL === 'debug' ? 'debug' : 'silent');
  const running = await startSubgraph(definition, environment, {
    clock,
    live: options.live ?? new MemoryLive(),
    log,
    ...(options.ownKeys ? {} : { verificationKeys: tokens }),
    onSql: sql.observe,
    background: options.background ?? false,
  });
  const stop = async (): Promise<void> => {
    await running.stop();
    if (!options.database) await database.drop();
  };
  return {
    running,
    client: new SubgraphClient(running.url, TEST_SIGNING_SECRET, () => clock.now().getTime()),
    openSocket: () => openSubgraphSocket(running.url, TEST_SIGNING_SECRET, () => clock.now().getTime()),
    sql,
    clock,
    tokens,
    database,
    drainEvents: () => running.drainEvents(),
    runJobs: () => running.drainJobs(),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** A database migrated for these subgraphs, copied from a template that is made once. */
export async function createSubgraphDatabase(
  definitions: readonly Pick<
    SubgraphDefinition<never, never, never, never, never>,
    'name' | 'migrations' | 'handlers' | 'jobs'
  >[],
): Promise<TestDatabase> {
  const plans = definitions.map(migrationPlanOf);
  const folders = new Set(plans.flatMap(migrationFolders));
  const fingerprint = createHash('sha256').update(
    JSON.stringify(plans.map(({ subscriptions, jobs }) => [subscriptions, jobs])),
  );
  for (const folder of folders) {
    for (const file of (await readdir(folder)).sort()) fingerprint.update(await readFile(join(folder, file)));
  }
  return createTestDatabase({
    template: plans.map((plan) => plan.subgraph).join('_'),
    fingerprint: fingerprint.digest('hex'),
    prepare: (url) => migrate(url, plans),
  });
}

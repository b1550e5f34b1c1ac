import { commerce } from '@supergraph/commerce';
import { commerceEnvironment } from '@supergraph/commerce/environment';
import { readEnvironment as readGatewayEnvironment, startGateway } from '@supergraph/gateway';
import { identity } from '@supergraph/identity';
import { identityEnvironment } from '@supergraph/identity/environment';
import { seedIdentity, type DemoLogin } from '@supergraph/identity/seed';
import { messaging } from '@supergraph/messaging';
import { messagingEnvironment } from '@supergraph/messaging/environment';
import { platform } from '@supergraph/platform';
import { platformEnvironment } from '@supergraph/platform/environment';
import { type Clock, createLogger, type LogLevel } from '@supergraph/protocol';
import {
  createLive,
  migrate,
  migrationPlanOf,
  parseEnvironment,
  type SqlObserver,
  startSubgraph,
  Teardown,
} from '@supergraph/subgraph-kit';
import { connectionBudget, poolSizeWithin } from './connection.budget.ts';
import { seedDemoShops } from './demo.shops.ts';
import type { Secrets } from './secrets.ts';

export interface SupergraphOptions {
  readonly databaseUrl: string;
  /** How many connections to it all subgraphs may open together. A share of what the server allows unless told. */
  readonly databaseConnections?: number | undefined;
  readonly redisUrl?: string | undefined;
  readonly secrets: Secrets;
  readonly host: string;
  readonly port: number;
  readonly supergraphFile: string;
  readonly demoData: boolean;
  /** Whether the demo sells, too; as `demoData` unless told. */
  readonly demoShops?: boolean;
  /** Whether the gateway shows of itself what helps those who develop. */
  readonly development: boolean;
  readonly logLevel: string;
  /** Where the subgraphs and the gateway find what only they read. */
  readonly variables: NodeJS.ProcessEnv;
  /** Is told of every statement of every subgraph. */
  readonly onSql?: SqlObserver;
  /** Tells every part the time. The system's unless told. */
  readonly clock?: Clock;
}

export interface Supergraph {
  /** The gateway's endpoint, `http://host:port/graphql`. */
  readonly url: string;
  /** The subgraphs' own endpoints, by name. */
  readonly subgraphs: Readonly<Record<string, string>>;
  readonly demoLogins: readonly DemoLogin[];
  stop(): Promise<void>;
}

/** Every subgraph's place in the database, whichever process it will run in. */
export const migrationPlans = [identity, commerce, messaging, platform].map(migrationPlanOf);

/**
 * Starts every subgraph and the gateway in this process. They talk over the loopback exactly as they would between
 * containers, on ports of their own choosing.
 */
export async function startSupergraph(options: SupergraphOptions): Promise<Supergraph> {
  await migrate(options.databaseUrl, migrationPlans);
  const log = createLogger('supergraph', options.logLevel as LogLevel);
  const live = await createLive(options.redisUrl, log);
  // Last started, first stopped: nobody is cut off from what they are still waiting for.
  const teardown = new Teardown();
  teardown.add(() => live.close());
  try {
    const variables = { ...(await poolSize(options)), ...subgraphVariables(options) };
    const time = options.clock && { clock: options.clock };
    const overrides = { live, ...time, ...(options.onSql && { onSql: options.onSql }) };
    const running = await startSubgraph(identity, parseEnvironment(identityEnvironment, variables), overrides);
    teardown.add(() => running.stop());
    const jwksUrl = new URL('/.well-known/jwks.json', running.url).href;
    const market = await startSubgraph(
      commerce,
      parseEnvironment(commerceEnvironment, { ...variables, ...marketPort(options), JWKS_URL: jwksUrl }),
      overrides,
    );
    teardown.add(() => market.stop());
    const notifier = await startSubgraph(
      messaging,
      parseEnvironment(messagingEnvironment, { ...variables, JWKS_URL: jwksUrl }),
      overrides,
    );
    teardown.add(() => notifier.stop());
    const operations = await startSubgraph(
      platform,
      parseEnvironment(platformEnvironment, { ...variables, JWKS_URL: jwksUrl }),
      overrides,
    );
    teardown.add(() => operations.stop());
    const demoLogins = options.demoData ? await seedIdentity(running.runtime) : [];
    if (options.demoShops ?? options.demoData) {
      await seedDemoShops({ identity: running.runtime, commerce: market.runtime }, log);
    }
    const subgraphs = {
      identity: running.url,
      commerce: market.url,
      messaging: notifier.url,
      platform: operations.url,
    };
    const gateway = await startGateway(
      {
        // What the user set for the gateway, under what only we can know.
        ...readGatewayEnvironment(options.variables),
        redisUrl: options.redisUrl,
        host: options.host,
        port: options.port,
        supergraphFile: options.supergraphFile,
        signingSecret: options.secrets.signing,
        jwksUrl,
        subgraphUrls: subgraphs,
        development: options.development,
        logLevel: options.logLevel as LogLevel,
      },
      { ...time },
    );
    teardown.add(() => gateway.stop());
    return { url: gateway.url, subgraphs, demoLogins, stop: () => teardown.run() };
  } catch (error) {
    await teardown.run().catch((failure: unknown) => log.warn({ err: failure }, 'cannot undo a start that failed'));
    throw error;
  }
}

/** The size of each subgraph's pool, so that all of them together do not take more than the server has. */
async function poolSize(options: SupergraphOptions): Promise<{ DATABASE_POOL_SIZE?: string }> {
  if (options.variables['DATABASE_POOL_SIZE']) return {};
  const budget = options.databaseConnections ?? (await connectionBudget(options.databaseUrl));
  return { DATABASE_POOL_SIZE: String(poolSizeWithin(budget, migrationPlans.length)) };
}

/** Payment providers send their events to commerce itself, so it can be told to listen where they are passed on to. */
function marketPort({ variables }: SupergraphOptions): { PORT?: string } {
  return variables['COMMERCE_PORT'] ? { PORT: variables['COMMERCE_PORT'] } : {};
}

/** A subgraph's environment in this process: what the user set, and what only we can know. */
function subgraphVariables(options: SupergraphOptions): NodeJS.ProcessEnv {
  return {
    ...options.variables,
    HOST: '127.0.0.1',
    PORT: '0',
    DATABASE_URL: options.databaseUrl,
    REDIS_URL: options.redisUrl,
    SUBGRAPH_SIGNING_SECRET: options.secrets.signing,
    SEALING_SECRETS: options.secrets.sealing,
    LOG_LEVEL: options.logLevel,
  };
}

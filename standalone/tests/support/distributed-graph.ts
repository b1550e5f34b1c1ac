import { createSubgraphDatabase, type TestDatabase } from '@supergraph/testkit';
import { definitions } from './definitions.ts';
import { GraphClient } from './graph.client.ts';
import { freePort, Service } from './service.ts';
import { unhurried } from './unhurried.ts';

/** The graph as it is deployed: a process for each subgraph, and one for the gateway. */
export interface DistributedGraph {
  readonly identity: Service;
  readonly messaging: Service;
  readonly platform: Service;
  readonly gateway: Service;
  readonly url: string;
  /** Of a superuser. */
  readonly databaseUrl: string;
  client(): GraphClient;
  stop(): Promise<void>;
}

const redis: Record<string, string> = process.env.REDIS_URL ? { REDIS_URL: process.env.REDIS_URL } : {};
const secret = 'a secret that only tests of the distributed graph use';

export interface DistributedOptions {
  /** Which to start; the others can be started later. All unless told. */
  readonly start?: readonly ('identity' | 'messaging' | 'platform' | 'gateway')[];
  /** What all processes find in their environment, in place of what tests usually set. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Further variables of the gateway. */
  readonly gateway?: Readonly<Record<string, string>>;
}

export async function startDistributedGraph(options: DistributedOptions = {}): Promise<DistributedGraph> {
  const database: TestDatabase = await createSubgraphDatabase(definitions);
  const [identityPort, messagingPort] = [await freePort(), await freePort()];
  const [platformPort, gatewayPort] = [await freePort(), await freePort()];
  const jwks = { JWKS_URL: `http://127.0.0.1:${identityPort}/.well-known/jwks.json` };
  const subgraph = {
    HOST: '127.0.0.1',
    DATABASE_URL: database.url,
    SUBGRAPH_SIGNING_SECRET: secret,
    SEALING_SECRETS: secret,
    LOG_LEVEL: 'warn',
    ...redis,
    ...options.environment,
  };
  const services = {
    identity: new Service({ entry: 'subgraphs/identity/dist/main.js', port: identityPort, environment: subgraph }),
    messaging: new Service({
      entry: 'subgraphs/messaging/dist/main.js',
      port: messagingPort,
      environment: { ...subgraph, ...jwks },
    }),
    platform: new Service({
      entry: 'subgraphs/platform/dist/main.js',
      port: platformPort,
      environment: { ...subgraph, ...jwks },
    }),
    gateway: new Service({
      entry: 'gateway/dist/main.js',
      port: gatewayPort,
      environment: {
        ...jwks,
        ...redis,
        ...unhurried(),
        HOST: '127.0.0.1',
        SUBGRAPH_SIGNING_SECRET: secret,
        LOG_LEVEL: 'warn',
        SUBGRAPH_URLS: Object.entries({ identity: identityPort, messaging: messagingPort, platform: platformPort })
          .map(([name, port]) => `${name}=http://127.0.0.1:${port}/graphql`)
          .join(','),
        ...options.environment,
        ...options.gateway,
      },
    }),
  };
  const url = `http://127.0.0.1:${gatewayPort}/graphql`;
  const stop = async (): Promise<void> => {
    await Promise.all(Object.values(services).map((service) => service.end('SIGKILL')));
    await database.drop();
  };
  try {
    const wanted = options.start ?? ['identity', 'messaging', 'platform', 'gateway'];
    await Promise.all(wanted.map((name) => services[name].start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...services, url, databaseUrl: database.url, client: () => new GraphClient(url), stop };
}

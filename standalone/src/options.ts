import type { StandaloneEnvironment } from './environment.ts';
import { loadSecrets } from './secrets.ts';
import type { SupergraphOptions } from './supergraph.ts';

/** How to start everything as the environment says, on this database. */
export async function optionsOf(environment: StandaloneEnvironment, databaseUrl: string): Promise<SupergraphOptions> {
  return {
    databaseUrl,
    databaseConnections: environment.DATABASE_CONNECTIONS,
    redisUrl: environment.REDIS_URL,
    secrets: await loadSecrets(environment.DATA_FOLDER, {
      signing: environment.SUBGRAPH_SIGNING_SECRET,
      sealing: environment.SEALING_SECRETS,
    }),
    host: environment.HOST,
    port: environment.PORT,
    supergraphFile: environment.SUPERGRAPH_FILE,
    demoData: environment.DEMO_DATA,
    development: environment.DEVELOPMENT ?? environment.NODE_ENV !== 'production',
    logLevel: environment.LOG_LEVEL,
    variables: environment.variables,
  };
}

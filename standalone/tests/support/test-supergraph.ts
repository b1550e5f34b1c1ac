import { systemClock } from '@supergraph/protocol';
import {
  createSubgraphDatabase,
  SqlCounter,
  SubgraphClient,
  type TestClock,
  type TestDatabase,
  type TokenIssuer,
} from '@supergraph/testkit';
import { startSupergraph, type Supergraph } from '../../src/supergraph.ts';
import { definitions } from './definitions.ts';
import { GraphClient } from './graph.client.ts';
import { trust } from './trust.ts';
import { unhurried } from './unhurried.ts';

export interface TestSupergraph extends Supergraph {
  readonly database: TestDatabase;
  readonly sql: SqlCounter;
  /** A client of the gateway, signed in as nobody. */
  client(): GraphClient;
  /** Calls one subgraph past the gateway, as only the gateway can. */
  subgraph(name: string): SubgraphClient;
}

export interface TestSupergraphOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly supergraphFile?: string;
  readonly databaseConnections?: number;
  readonly clock?: TestClock;
  /** The environment's unless told. */
  readonly redisUrl?: string;
  /** On unless told. */
  readonly demoData?: boolean;
  /** Whose tokens count as identity's own. */
  readonly trusted?: TokenIssuer;
}

export const SECRET = 'a secret that only tests of the graph use';

/** The whole graph in this process, on a database of its own, with its demo data unless told. */
export async function startTestSupergraph(options: TestSupergraphOptions = {}): Promise<TestSupergraph> {
  const { clock = systemClock } = options;
  const database = await createSubgraphDatabase(definitions);
  if (options.trusted) await trust(database, options.trusted);
  const sql = new SqlCounter();
  const supergraph = await startSupergraph({
    databaseUrl: database.url,
    databaseConnections: options.databaseConnections,
    redisUrl: options.redisUrl ?? process.env.REDIS_URL,
    secrets: { signing: SECRET, sealing: SECRET },
    host: '127.0.0.1',
    port: 0,
    supergraphFile: options.supergraphFile ?? 'schema/supergraph.graphql',
    demoData: options.demoData ?? true,
    // Making them takes longer than most tests.
    demoShops: false,
    development: true,
    logLevel: process.env.TEST_LOG_LEVEL ?? 'silent',
    // With time enough for a busy machine; how long a subgraph may take is shown elsewhere.
    variables: { ...unhurried(), SUBGRAPH_TIMEOUT_MS: '15000', ...options.environment },
    onSql: sql.observe,
    clock,
  });
  return {
    ...supergraph,
    database,
    sql,
    client: () => new GraphClient(supergraph.url),
    subgraph: (name) => new SubgraphClient(supergraph.subgraphs[name]!, SECRET, () => clock.now().getTime()),
    stop: async () => {
      await supergraph.stop();
      await database.drop();
    },
  };
}

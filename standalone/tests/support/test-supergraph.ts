import { createSubgraphDatabase, SqlCounter, type TestDatabase } from '@supergraph/testkit';
import { startSupergraph, type Supergraph } from '../../src/supergraph.ts';
import { definitions } from './definitions.ts';
import { GraphClient } from './graph.client.ts';

export interface TestSupergraph extends Supergraph {
  readonly database: TestDatabase;
  readonly sql: SqlCounter;
  /** A client of the gateway, signed in as nobody. */
  client(): GraphClient;
}

const secret = 'a secret that only tests of the graph use';

/** The whole graph in this process, on a database of its own, with its demo data. */
export async function startTestSupergraph(
  options: { environment?: Record<string, string>; supergraphFile?: string } = {},
): Promise<TestSupergraph> {
  const database = await createSubgraphDatabase(definitions);
  const sql = new SqlCounter();
  const supergraph = await startSupergraph({
    databaseUrl: database.url,
    redisUrl: process.env.REDIS_URL,
    secrets: { signing: secret, sealing: secret },
    host: '127.0.0.1',
    port: 0,
    supergraphFile: options.supergraphFile ?? 'schema/supergraph.graphql',
    demoData: true,
    logLevel: process.env.TEST_LOG_LEVEL ?? 'silent',
    variables: options.environment ?? {},
    onSql: sql.observe,
  });
  return {
    ...supergraph,
    database,
    sql,
    client: () => new GraphClient(supergraph.url),
    stop: async () => {
      await supergraph.stop();
      await database.drop();
    },
  };
}

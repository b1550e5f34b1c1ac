import { parseEnvironment, subgraphEnvironment } from '@supergraph/subgraph-kit';
import { z } from 'zod';

const flag = z.enum(['true', 'false', 'on', 'off', '1', '0']).transform((value) => ['true', 'on', '1'].includes(value));

const ofSubgraphs = subgraphEnvironment.shape;

const environment = z.object({
  /** Where the gateway listens. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  HOST: z.string().default('127.0.0.1'),
  /** A PostgreSQL server of one's own, with the right to create roles and schemas. Without it: the embedded one. */
  DATABASE_URL: ofSubgraphs.DATABASE_URL.optional(),
  /**
   * How many connections to the database all subgraphs together may open: three quarters of what the server allows unless told.
   * `DATABASE_POOL_SIZE` sets the pool of each instead.
   */
  DATABASE_CONNECTIONS: z.coerce.number().int().positive().optional(),
  REDIS_URL: ofSubgraphs.REDIS_URL,
  /** Where the embedded database and the generated secrets are kept. */
  DATA_FOLDER: z.string().default('.data'),
  SUPERGRAPH_FILE: z.string().default('schema/supergraph.graphql'),
  /** Generated and kept in the data folder when not given. Processes that share a database must share them. */
  SUBGRAPH_SIGNING_SECRET: ofSubgraphs.SUBGRAPH_SIGNING_SECRET.optional(),
  SEALING_SECRETS: z
    .string()
    .refine((text) => ofSubgraphs.SEALING_SECRETS.safeParse(text).success, 'each must have at least 32 characters')
    .optional(),
  /** Demo users and content, made on the first run. */
  DEMO_DATA: flag.default(true),
  /** Whether those who ask are those who develop: introspection, GraphiQL, hints in errors. On unless `NODE_ENV` is `production`. */
  DEVELOPMENT: flag.optional(),
  NODE_ENV: z.string().optional(),
  LOG_LEVEL: ofSubgraphs.LOG_LEVEL.unwrap().default('warn'),
});

export type StandaloneEnvironment = z.infer<typeof environment> & {
  /** All variables, for the subgraphs to find their own in. */
  readonly variables: NodeJS.ProcessEnv;
};

/** Reads the environment once, or says everything that is wrong with it. An empty variable counts as none. */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): StandaloneEnvironment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  return { ...parseEnvironment(environment, given), variables: given };
}

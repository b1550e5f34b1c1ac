import { z } from 'zod';

const flag = z.enum(['true', 'false', 'on', 'off', '1', '0']).transform((value) => ['true', 'on', '1'].includes(value));

const environment = z.object({
  /** Where the gateway listens. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  HOST: z.string().default('127.0.0.1'),
  /** A PostgreSQL server of one's own, with the right to create roles and schemas. Without it: the embedded one. */
  DATABASE_URL: z.string().optional(),
  REDIS_URL: z.string().optional(),
  /** Where the embedded database and the generated secrets are kept. */
  DATA_FOLDER: z.string().default('.data'),
  SUPERGRAPH_FILE: z.string().default('schema/supergraph.graphql'),
  /** Generated and kept in the data folder when not given. Processes that share a database must share them. */
  SUBGRAPH_SIGNING_SECRET: z.string().optional(),
  SEALING_SECRETS: z.string().optional(),
  /** Demo users and content, made on the first run. */
  DEMO_DATA: flag.default(true),
  LOG_LEVEL: z.string().default('warn'),
});

export type StandaloneEnvironment = z.infer<typeof environment> & {
  /** All variables, for the subgraphs to find their own in. */
  readonly variables: NodeJS.ProcessEnv;
};

/** Reads the environment once. An empty variable counts as none. */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): StandaloneEnvironment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  return { ...environment.parse(given), variables: given };
}

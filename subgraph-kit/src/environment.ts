import { tracingEnvironment } from '@supergraph/telemetry';
import { z } from 'zod';

const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `must be a URL with ${protocols.join(' or ')}`,
  });

/** What every subgraph reads from its environment. A subgraph extends it with its own. */
export const subgraphEnvironment = z.object({
  ...tracingEnvironment.shape,
  /** 0 takes any free port. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: url('postgres:', 'postgresql:'),
  /**
   * The most database connections of this process. Not counted are those of its event consumer and its job queue, and
   * two for what happens beside a transaction.
   */
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  /** Without it, live hints and rate limits stay within the process and the database. */
  REDIS_URL: url('redis:', 'rediss:').optional(),
  /** Shared with the gateway, which signs every call. */
  SUBGRAPH_SIGNING_SECRET: z.string().min(32, 'must have at least 32 characters'),
  /** Where the public keys of access tokens are. */
  JWKS_URL: url('http:', 'https:').optional(),
  TOKEN_ISSUER: z.string().default('supergraph-identity'),
  TOKEN_AUDIENCE: z.string().default('supergraph'),
  /** Root secrets for what is sealed at rest and in events, newest first, separated by commas. */
  SEALING_SECRETS: z
    .string()
    .transform((text) => text.split(',').map((secret) => secret.trim()))
    .refine((secrets) => secrets.every((secret) => secret.length >= 32), 'each must have at least 32 characters'),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
});

export type SubgraphEnvironment = z.infer<typeof subgraphEnvironment>;

/**
 * Reads an environment once, and says everything that is wrong with it in one go. An empty variable counts as none.
 * Values never appear in the message.
 */
export function parseEnvironment<Shape extends z.ZodType>(shape: Shape, source: NodeJS.ProcessEnv): z.infer<Shape> {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = shape.safeParse(given);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The environment is not complete:\n${problems.join('\n')}`);
}

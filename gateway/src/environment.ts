import { z } from 'zod';
import type { GatewaySettingsInput } from './settings.ts';

const flag = z.enum(['true', 'false', '1', '0', 'on', 'off']).transform((value) => ['true', '1', 'on'].includes(value));
const number = z.coerce.number();
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);
const urls = list.transform((items, context) =>
  Object.fromEntries(
    items.map((item) => {
      const separator = item.indexOf('=');
      if (separator < 1) context.addIssue({ code: 'custom', message: `'${item}' is not of the form name=url` });
      return [item.slice(0, separator), item.slice(separator + 1)];
    }),
  ),
);

const environment = z.object({
  HOST: z.string().optional(),
  PORT: number.optional(),
  SUPERGRAPH_FILE: z.string().optional(),
  SUPERGRAPH_RELOAD_MS: number.optional(),
  ENGINE: z.string().optional(),
  SUBGRAPH_SIGNING_SECRET: z.string().optional(),
  JWKS_URL: z.string().optional(),
  TOKEN_ISSUER: z.string().optional(),
  TOKEN_AUDIENCE: z.string().optional(),
  SUBGRAPH_URLS: urls.optional(),
  SUBGRAPH_TIMEOUT_MS: number.optional(),
  SUBGRAPH_CONNECTIONS: number.optional(),
  SUBGRAPH_ANSWER_LIMIT: number.optional(),
  FORWARDED_HEADERS: list.optional(),
  DEDUPLICATE: flag.optional(),
  CORS_ORIGINS: list.optional(),
  TRUST_PROXY: number.optional(),
  REQUEST_BODY_LIMIT: number.optional(),
  MAX_TOKENS: number.optional(),
  INTROSPECTION: flag.optional(),
  GRAPHIQL: flag.optional(),
  LOG_LEVEL: z.string().optional(),
  DRAIN_TIMEOUT_MS: number.optional(),
});

/** Reads the settings from the environment. An empty variable counts as none. Throws, naming what is wrong. */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): GatewaySettingsInput {
  const given = environment.parse(Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== '')));
  return {
    host: given.HOST,
    port: given.PORT,
    supergraphFile: given.SUPERGRAPH_FILE,
    reloadIntervalMs: given.SUPERGRAPH_RELOAD_MS,
    // This one and the level of logging are checked together with the rest when the gateway starts.
    engine: given.ENGINE as GatewaySettingsInput['engine'],
    signingSecret: given.SUBGRAPH_SIGNING_SECRET,
    jwksUrl: given.JWKS_URL,
    tokenIssuer: given.TOKEN_ISSUER,
    tokenAudience: given.TOKEN_AUDIENCE,
    subgraphUrls: given.SUBGRAPH_URLS,
    subgraphTimeoutMs: given.SUBGRAPH_TIMEOUT_MS,
    subgraphConnections: given.SUBGRAPH_CONNECTIONS,
    subgraphAnswerLimit: given.SUBGRAPH_ANSWER_LIMIT,
    forwardedHeaders: given.FORWARDED_HEADERS,
    deduplicate: given.DEDUPLICATE,
    corsOrigins: given.CORS_ORIGINS,
    trustedProxies: given.TRUST_PROXY,
    requestBodyLimit: given.REQUEST_BODY_LIMIT,
    maxTokens: given.MAX_TOKENS,
    introspection: given.INTROSPECTION,
    graphiql: given.GRAPHIQL,
    logLevel: given.LOG_LEVEL as GatewaySettingsInput['logLevel'],
    drainTimeoutMs: given.DRAIN_TIMEOUT_MS,
  };
}

/**
 * Apollo's packages report usage to their maker unless the environment tells them not to, and have no other switch.
 * A company's graph is nobody else's business.
 */
export function refuseApolloTelemetry(): void {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true';
}

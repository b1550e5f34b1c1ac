import { z } from 'zod';
import { costSettings } from './cost/cost.settings.ts';
import { overloadSettings } from './overload/overload.settings.ts';
import { limitSettings } from './limits/limit.settings.ts';
import { answerEnvironment, answersFrom } from './answers/answer.environment.ts';
import { documentEnvironment, documentsFrom } from './documents/document.environment.ts';
import { observationEnvironment, observationFrom } from './observation/observation.environment.ts';
import { httpEnvironment, httpFrom } from './http/http.environment.ts';
import type { GatewaySettingsInput } from './settings.ts';
import { resilienceEnvironment, resilienceFrom } from './transport/resilience.environment.ts';
import { flag, list, number } from './variable-types.ts';
import { socketLimits } from './sockets/socket.settings.ts';

const pairs = (form: string) =>
  list.transform((items, context) =>
    Object.fromEntries(
      items.map((item) => {
        const separator = item.indexOf('=');
        if (separator < 1) context.addIssue({ code: 'custom', message: `'${item}' is not of the form ${form}` });
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
  SUBGRAPH_URLS: pairs('name=url').optional(),
  SUBGRAPH_TIMEOUT_MS: number.optional(),
  SUBGRAPH_CONNECTIONS: number.optional(),
  SUBGRAPH_ANSWER_LIMIT: number.optional(),
  ...resilienceEnvironment.shape,
  FORWARDED_HEADERS: list.optional(),
  DEDUPLICATE: flag.optional(),
  CORS_ORIGINS: list.optional(),
  TRUST_PROXY: number.optional(),
  REQUEST_BODY_LIMIT: number.optional(),
  AUTHORIZATION_ERROR_LIMIT: number.optional(),
  AUTHORIZATION_FIELD_LIMIT: number.optional(),
  DEVELOPMENT: flag.optional(),
  SUGGESTIONS: flag.optional(),
  INTROSPECTION: flag.optional(),
  GRAPHIQL: flag.optional(),
  REDIS_URL: z.string().optional(),
  REDIS_PREFIX: z.string().optional(),
  REDIS_TIMEOUT_MS: number.optional(),
  REQUESTS_PER_ADDRESS: number.optional(),
  REQUESTS_PER_PERSON: number.optional(),
  REQUESTS_PER_KEY: number.optional(),
  COST_PER_MINUTE: number.optional(),
  RATE_LIMITS: pairs('name=max/seconds').optional(),
  RATE_LIMIT_KEYS: number.optional(),
  ...documentEnvironment.shape,
  ...observationEnvironment.shape,
  ...answerEnvironment.shape,
  ...httpEnvironment.shape,
  LOG_LEVEL: z.string().optional(),
  SHUTDOWN_DELAY_MS: number.optional(),
  DRAIN_TIMEOUT_MS: number.optional(),
  SOCKET_ORIGINS: list.optional(),
});

/** Limits of which there are many, and all of them numbers, have the names of their settings: `maxDepth` is `MAX_DEPTH`. */
function numbersOf<Setting extends string>(
  settings: Readonly<Record<Setting, unknown>>,
  variables: NodeJS.ProcessEnv,
): Partial<Record<Setting, number>> {
  const entries = Object.keys(settings).flatMap((setting) => {
    const name = setting.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
    return variables[name] ? [[setting, z.object({ [name]: number }).parse(variables)[name]]] : [];
  });
  return Object.fromEntries(entries) as Partial<Record<Setting, number>>;
}

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
    ...resilienceFrom(given),
    forwardedHeaders: given.FORWARDED_HEADERS,
    deduplicate: given.DEDUPLICATE,
    corsOrigins: given.CORS_ORIGINS,
    trustedProxies: given.TRUST_PROXY,
    requestBodyLimit: given.REQUEST_BODY_LIMIT,
    authorizationErrorLimit: given.AUTHORIZATION_ERROR_LIMIT,
    authorizationFieldLimit: given.AUTHORIZATION_FIELD_LIMIT,
    ...numbersOf({ ...limitSettings, ...costSettings, ...overloadSettings }, variables),
    development: given.DEVELOPMENT,
    suggestions: given.SUGGESTIONS,
    introspection: given.INTROSPECTION,
    graphiql: given.GRAPHIQL,
    redisUrl: given.REDIS_URL,
    redisPrefix: given.REDIS_PREFIX,
    redisTimeoutMs: given.REDIS_TIMEOUT_MS,
    requestsPerAddress: given.REQUESTS_PER_ADDRESS,
    requestsPerPerson: given.REQUESTS_PER_PERSON,
    requestsPerKey: given.REQUESTS_PER_KEY,
    costPerMinute: given.COST_PER_MINUTE,
    rateLimits: given.RATE_LIMITS,
    rateLimitKeys: given.RATE_LIMIT_KEYS,
    ...documentsFrom(given),
    ...observationFrom(given),
    ...answersFrom(given),
    ...httpFrom(given),
    logLevel: given.LOG_LEVEL as GatewaySettingsInput['logLevel'],
    shutdownDelayMs: given.SHUTDOWN_DELAY_MS,
    drainTimeoutMs: given.DRAIN_TIMEOUT_MS,
    socketOrigins: given.SOCKET_ORIGINS,
    ...numbersOf(socketLimits, variables),
  };
}

/**
 * Apollo's packages report usage to their maker unless the environment tells them not to, and have no other switch.
 * A company's graph is nobody else's business.
 */
export function refuseApolloTelemetry(): void {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true';
}

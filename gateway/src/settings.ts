import { CLIENT_ADDRESS_HEADER, CORRELATION_HEADER, SIGNATURE_HEADER } from '@supergraph/protocol';
import { z } from 'zod';
import { answerSettings } from './answers/answer.settings.ts';
import { authorizationSettings } from './authorization/authorization.settings.ts';
import { documentSettings } from './documents/document.settings.ts';
import { costSettings } from './cost/cost.settings.ts';
import { httpSettings } from './http/http.settings.ts';
import { ENGINE_NAMES } from './graph/live-graph.ts';
import { exposureSettings, exposureOf } from './errors/exposure.settings.ts';
import { observationSettings } from './observation/observation.settings.ts';
import { rateSettings } from './rates/rate.settings.ts';
import { overloadSettings } from './overload/overload.settings.ts';
import { resilienceSettings } from './transport/resilience.settings.ts';
import { limitSettings } from './limits/limit.settings.ts';
import { socketLimits } from './sockets/socket.settings.ts';

/** Headers that mean something to the connection or to the wire contract; forwarding a client's own would forge them. */
const RESERVED_HEADERS: ReadonlySet<string> = new Set([
  ...['connection', 'content-encoding', 'content-length', 'content-type', 'expect', 'host', 'keep-alive', 'te'],
  ...['trailer', 'transfer-encoding', 'upgrade'],
  ...[CLIENT_ADDRESS_HEADER, CORRELATION_HEADER, SIGNATURE_HEADER],
]);

const headerName = z
  .string()
  .regex(/^[\w!#$%&'*+.^`|~-]+$/, 'is not a header name')
  .transform((name) => name.toLowerCase())
  .refine((name) => !RESERVED_HEADERS.has(name), 'is a header the gateway sets itself');

/** Browsers compare origins letter by letter: one with a slash at its end, or a capital, would silently never match. */
const ORIGIN_PATTERN = /^(?:\*|null|[a-z][a-z\d+.-]*:\/\/(?:\*\.)?[^\s/*?#@A-Z]+)$/;

const milliseconds = z.int().positive();

const settings = z.object({
  host: z.string().default('0.0.0.0'),
  /** 0 takes any free port. */
  port: z.int().min(0).max(65_535).default(4000),
  /** Where the supergraph is read from, and watched. */
  supergraphFile: z.string().default('schema/supergraph.graphql'),
  /** The supergraph itself. When given, no file is read. */
  supergraphSdl: z.string().optional(),
  /** How often the file is looked at. A change is served once two looks found the same file. */
  reloadIntervalMs: milliseconds.default(500),

  /** What runs the query plans. `apollo`, slower, is for finding out whose fault an answer is. */
  engine: z.enum(ENGINE_NAMES).default('compiled'),

  /** Signs the calls to subgraphs. Without it they go out unsigned, as subgraphs of others expect. */
  signingSecret: z.string().min(16).optional(),
  /** The key set that access tokens are verified with. Without it nobody is known, and tokens are merely forwarded. */
  jwksUrl: z.url().optional(),
  tokenIssuer: z.string().default('supergraph-identity'),
  tokenAudience: z.string().default('supergraph'),

  /** Addresses that take the place of those in the supergraph, by subgraph name. */
  subgraphUrls: z.record(z.string(), z.url()).default({}),
  /** From the call until the last byte of its answer, a repetition included. */
  subgraphTimeoutMs: milliseconds.default(2_500),
  /** Connections kept to each subgraph's origin at most; further calls wait for one. */
  subgraphConnections: z.int().positive().default(100),
  ...resilienceSettings,
  ...overloadSettings,
  /** The largest answer taken from a subgraph, in bytes. */
  subgraphAnswerLimit: z
    .int()
    .positive()
    .default(64 * 1024 * 1024),
  /** Client headers that subgraphs get besides those of the wire contract. */
  forwardedHeaders: z.array(headerName).default([]),
  /** Lets identical queries that are under way to a subgraph at the same time share one call. */
  deduplicate: z.boolean().default(false),

  /** Origins whose pages may call the gateway; `https://*.shop.example` stands for every subdomain, `*` for all. */
  corsOrigins: z.array(z.string().regex(ORIGIN_PATTERN, 'is not an origin, such as https://shop.example')).default([]),
  /** How many proxies in front of us append to `X-Forwarded-For`. */
  trustedProxies: z.int().min(0).default(0),
  /** The largest request body, in bytes. */
  requestBodyLimit: z
    .int()
    .positive()
    .default(1024 * 1024),
  ...authorizationSettings,
  ...limitSettings,
  ...costSettings,
  ...documentSettings,
  ...answerSettings,
  ...httpSettings,

  ...rateSettings,
  /** Origins whose pages may open sockets; `*` stands for all. Those of `corsOrigins` unless given. */
  socketOrigins: z.array(z.string()).optional(),
  ...socketLimits,
  ...exposureSettings,
  ...observationSettings,

  logLevel: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  /**
   * How long we go on as before once we are told to stop, in milliseconds, except that we say so: as long as a load
   * balancer takes to notice that we are not ready any more.
   */
  shutdownDelayMs: z.int().min(0).default(0),
  /** How long requests and sockets get to finish after that. */
  drainTimeoutMs: milliseconds.default(10_000),
});

/** Everything a gateway can be told. Each has a default, so that `{}` serves `schema/supergraph.graphql`. */
export const gatewaySettings = settings.transform((given) => ({ ...given, ...exposureOf(given) }));

export type GatewaySettings = z.output<typeof gatewaySettings>;
/** The same, where everything may be left out. */
export type GatewaySettingsInput = z.input<typeof gatewaySettings>;

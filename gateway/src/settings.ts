import { CLIENT_ADDRESS_HEADER, CORRELATION_HEADER, SIGNATURE_HEADER } from '@supergraph/protocol';
import { z } from 'zod';
import { ENGINE_NAMES } from './graph/live-graph.ts';

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

const milliseconds = z.int().positive();

/** Everything a gateway can be told. Each has a default, so that `{}` serves `schema/supergraph.graphql`. */
export const gatewaySettings = z.object({
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
  /** The largest answer taken from a subgraph, in bytes. */
  subgraphAnswerLimit: z
    .int()
    .positive()
    .default(64 * 1024 * 1024),
  /** Client headers that subgraphs get besides those of the wire contract. */
  forwardedHeaders: z.array(headerName).default([]),
  /** Lets identical queries that are under way to a subgraph at the same time share one call. */
  deduplicate: z.boolean().default(false),

  /** Origins whose pages may call the gateway; `*` stands for all. */
  corsOrigins: z.array(z.string()).default([]),
  /** How many proxies in front of us append to `X-Forwarded-For`. */
  trustedProxies: z.int().min(0).default(0),
  /** The largest request body, in bytes. */
  requestBodyLimit: z
    .int()
    .positive()
    .default(1024 * 1024),
  /** The longest document, in lexical tokens. */
  maxTokens: z.int().positive().default(10_000),
  introspection: z.boolean().default(true),
  graphiql: z.boolean().default(true),

  logLevel: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  /** How long requests and sockets get to finish once we are told to stop. */
  drainTimeoutMs: milliseconds.default(10_000),
});

export type GatewaySettings = z.output<typeof gatewaySettings>;
/** The same, where everything may be left out. */
export type GatewaySettingsInput = z.input<typeof gatewaySettings>;

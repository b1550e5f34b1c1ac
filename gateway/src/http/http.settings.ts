import { z } from 'zod';

const milliseconds = z.int().positive();

export const httpSettings = {
  /** Compresses answers for clients that accept it. */
  compression: z.boolean().default(true),
  /** The shortest answer worth compressing, in characters. What fits into one packet is not. */
  compressionThreshold: z.int().min(0).default(1_400),
  /**
   * How long browsers shall insist on HTTPS for this host, in seconds; 0 says nothing. Only for a gateway that is reached
   * by HTTPS, and hard to take back.
   */
  strictTransportSecurity: z.int().min(0).default(0),
  /** Cookies that subgraphs may set in browsers, by name. */
  passedCookies: z.array(z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'is not a name of a cookie')).default([]),

  /** How long one operation may take, everything included. */
  operationTimeoutMs: milliseconds.default(30_000),
  /** How long the head of a request may take to come. */
  headersTimeoutMs: milliseconds.default(10_000),
  /** How long a whole request may take to come, from its first byte to its last. */
  requestTimeoutMs: milliseconds.default(30_000),
  /** How long a client may take to read its answer. */
  answerTimeoutMs: milliseconds.default(30_000),
  /** How long a connection is kept for the next request. Longer than the 60 seconds of most load balancers. */
  keepAliveTimeoutMs: milliseconds.default(65_000),
  /** The largest head of a request, in bytes. */
  headerLimit: z
    .int()
    .positive()
    .default(16 * 1024),
  /** After so many requests a connection is closed, so that clients spread over new replicas. 0 never closes one. */
  requestsPerConnection: z.int().min(0).default(10_000),
  /** How often slow connections are looked for. */
  connectionCheckMs: milliseconds.default(1_000),
};

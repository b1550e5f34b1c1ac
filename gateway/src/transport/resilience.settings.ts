import { z } from 'zod';

const milliseconds = z.int().positive();
const count = z.int().positive();

/** How the gateway treats subgraphs that are slow, away or busy. */
export const resilienceSettings = {
  /** Times that take the place of `subgraphTimeoutMs`, by subgraph name. */
  subgraphTimeouts: z.record(z.string(), milliseconds).default({}),
  /** Calls that may be under way to one subgraph at once. */
  subgraphConcurrency: count.default(100),
  /** Numbers that take the place of `subgraphConcurrency`, by subgraph name. */
  subgraphConcurrencies: z.record(z.string(), count).default({}),
  /** Calls that may wait for their turn with one subgraph; more are refused at once. */
  subgraphQueue: z.int().min(0).default(1_000),

  /** Over how long the calls of a subgraph are counted that decide whether its circuit opens. */
  circuitWindowMs: milliseconds.default(10_000),
  /** With fewer calls than this in that time it stays closed. */
  circuitMinimumCalls: count.default(20),
  /** It opens when this share of them, in per cent, found nobody or no answer in time. */
  circuitFailurePercent: z.number().gt(0).max(100).default(50),
  /** How long nothing is sent to a subgraph whose circuit is open, before one call is let through to see. */
  circuitOpenMs: milliseconds.default(2_000),

  /** How many queries may be repeated after a network failure, in per cent of all. Mutations never are. */
  retryPercent: z.number().min(0).max(100).default(10),
  /** Repetitions that may come at once before that share counts. */
  retryBurst: z.int().min(0).default(10),
  /** A repetition is put off by up to this long, by chance, unless its time would be over then. */
  retryJitterMs: z.int().min(0).default(20),
};

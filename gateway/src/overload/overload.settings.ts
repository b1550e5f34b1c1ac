import { z } from 'zod';

const count = z.int().positive();

/** Where the gateway stops to take on more than it can do. */
export const overloadSettings = {
  /** Operations of clients that may be under way at once, running subscriptions not counted. */
  maxOperations: count.default(1_000),
  /** Operations that may wait for their turn, for `operationWaitMs` at most; more are refused at once. */
  operationQueue: z.int().min(0).default(1_000),
  operationWaitMs: count.default(1_000),
  /** How late the event loop may be, again and again, in milliseconds, before new operations are refused. */
  maxEventLoopDelayMs: count.default(500),
  /** How full the heap may be, in per cent, before new operations are refused. */
  maxHeapPercent: z.number().gt(0).max(100).default(85),
  /**
   * The size the heap may have without its young generation, in bytes. As V8 tells unless given, which supposes the young
   * generation's default size: give it together with `--max-semi-space-size`.
   */
  heapLimit: count.optional(),
  /**
   * Bytes of answers that may be held at once: those of subgraphs until they are joined, and those to clients until they
   * are sent. A tenth of what is free of the heap at the start unless given, for an answer takes several times its length
   * while it is joined.
   */
  maxHeldBytes: count.optional(),
};

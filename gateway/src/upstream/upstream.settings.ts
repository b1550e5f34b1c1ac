import type { BackoffRules } from './backoff.ts';

/** How the gateway keeps its sockets to the subgraphs. All times in milliseconds, all sizes in bytes. */
export interface UpstreamSettings {
  /** Signs the upgrade request. Without it the subgraphs are somebody else's and are called unsigned. */
  readonly signingSecret?: string | undefined;
  /** From the first packet to `connection_ack`. */
  readonly connectTimeoutMs: number;
  /** How long a subgraph may be away before its subscribers are told. */
  readonly unavailableAfterMs: number;
  /** How long a socket without subscriptions stays open for the next one. */
  readonly idleCloseMs: number;
  /** Pings go out this often; a peer that let one go unanswered until the next is dead. */
  readonly keepAliveMs: number;
  /** A connection that lived this long was a good one: the next failure is the first again. */
  readonly stableAfterMs: number;
  readonly maxFrameBytes: number;
  /** Subscriptions that may run at one subgraph at once; more are refused with `SUBGRAPH_UNAVAILABLE`. */
  readonly maxSubscriptions: number;
  readonly backoff: BackoffRules;
}

export const defaultUpstreamSettings: UpstreamSettings = {
  connectTimeoutMs: 5_000,
  unavailableAfterMs: 10_000,
  idleCloseMs: 30_000,
  keepAliveMs: 12_000,
  stableAfterMs: 5_000,
  maxFrameBytes: 4 * 1024 * 1024,
  maxSubscriptions: 20_000,
  backoff: { firstMs: 100, longestMs: 5_000 },
};

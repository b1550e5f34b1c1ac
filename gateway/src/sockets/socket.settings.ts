import { z } from 'zod';
import type { GatewaySettings } from '../settings.ts';
import { defaultUpstreamSettings, type UpstreamSettings } from '../upstream/upstream.settings.ts';

const count = z.int().positive();
const bytes = z.int().positive();
const milliseconds = z.int().positive();

/** The part of the gateway's settings that limits clients' sockets. */
export const socketLimits = {
  /** Sockets that may be open at once; more are refused with HTTP 503. */
  maxSockets: count.default(10_000),
  /** Sockets of one user, or of one API key's maker, on this process; the newest is closed with 4429. */
  maxSocketsPerUser: count.default(100),
  /**
   * Sockets without a user, by address; as many again may be about to say who they are. The newest is closed with 4429.
   * An IPv6 address counts by its /64 network, which is what one customer gets.
   */
  maxSocketsPerAddress: count.default(200),
  /** How long a client may take to send `connection_init` before it is closed with 4408. */
  socketInitTimeoutMs: milliseconds.default(5_000),
  /** How long a socket may have no operation before it is closed with 1000. */
  socketIdleTimeoutMs: milliseconds.default(10 * 60_000),
  /** Pings go out this often; a peer that let one go unanswered until the next is dead. */
  socketKeepAliveMs: milliseconds.default(12_000),
  /** How long a client has to answer a close frame before its socket is destroyed. */
  socketCloseTimeoutMs: milliseconds.default(5_000),
  /** The largest message a client may send; a larger one closes its socket with 1009. */
  socketFrameLimit: bytes.default(128 * 1024),
  /** The largest message before `connection_ack`, when nobody knows yet who is talking. */
  socketInitLimit: bytes.default(16 * 1024),
  /** Messages of all kinds, pings of the WebSocket itself included, in one second; more close with 4429. */
  socketMessagesPerSecond: count.default(200),
  /** Operations at once on one socket; one more closes it with 4429. */
  maxOperationsPerSocket: count.default(100),
  /** Events that may wait in one subscription. */
  socketWaitingEvents: count.default(1_000),
  /** What may wait for one client altogether: events before they are joined, and frames that the kernel did not take. */
  socketWaitingBytes: bytes.default(1024 * 1024),
};

const shape = z.object(socketLimits);

/** Limits and times of the clients' sockets. All times in milliseconds, all sizes in bytes. */
export interface SocketSettings extends z.output<typeof shape> {
  readonly path: string;
  readonly origins: readonly string[];
  /** The longest document, in lexical tokens. */
  readonly maxTokens: number;
  /** How many proxies in front of us append to `X-Forwarded-For`. */
  readonly trustedProxies: number;
  /** Headers of the upgrade request that subgraphs get with every operation. */
  readonly forwardedHeaders: readonly string[];
  readonly upstream: UpstreamSettings;
}

export const defaultSocketSettings: SocketSettings = {
  ...shape.parse({}),
  path: '/graphql',
  origins: [],
  maxTokens: 10_000,
  trustedProxies: 0,
  forwardedHeaders: [],
  upstream: defaultUpstreamSettings,
};

/** The settings of the gateway, as far as they concern sockets. */
export function socketSettings(settings: GatewaySettings): SocketSettings {
  const { maxTokens, trustedProxies, forwardedHeaders, signingSecret } = settings;
  return {
    ...defaultSocketSettings,
    ...shape.parse(settings),
    origins: settings.socketOrigins ?? settings.corsOrigins,
    maxTokens,
    trustedProxies,
    forwardedHeaders,
    socketCloseTimeoutMs: Math.min(settings.socketCloseTimeoutMs, settings.drainTimeoutMs),
    upstream: { ...defaultUpstreamSettings, signingSecret },
  };
}

import type { GatewaySettings } from '../settings.ts';
import { defaultUpstreamSettings, type UpstreamSettings } from '../upstream/upstream.settings.ts';

/** Limits and times of the clients' sockets. All times in milliseconds, all sizes in bytes. */
export interface SocketSettings {
  readonly path: string;
  /** Sockets that may be open at once; more are refused with HTTP 503. */
  readonly maxSockets: number;
  /** How long a client may take to send `connection_init`. */
  readonly initTimeoutMs: number;
  /** Pings go out this often; a peer that let one go unanswered until the next is dead. */
  readonly keepAliveMs: number;
  /** The largest frame a client may send. */
  readonly maxFrameBytes: number;
  readonly maxOperationsPerSocket: number;
  /** Events that may wait in one subscription. */
  readonly maxWaitingEvents: number;
  /** What may wait for one client altogether: events before they are joined, and frames that the kernel did not take. */
  readonly maxWaitingBytes: number;
  /** The longest document, in lexical tokens. */
  readonly maxTokens: number;
  /** How many proxies in front of us append to `X-Forwarded-For`. */
  readonly trustedProxies: number;
  /** How long a client has to answer a close frame before its socket is destroyed. */
  readonly closeTimeoutMs: number;
  readonly upstream: UpstreamSettings;
}

export const defaultSocketSettings: SocketSettings = {
  path: '/graphql',
  maxSockets: 10_000,
  initTimeoutMs: 5_000,
  keepAliveMs: 12_000,
  maxFrameBytes: 128 * 1024,
  maxOperationsPerSocket: 100,
  maxWaitingEvents: 1_000,
  maxWaitingBytes: 1024 * 1024,
  maxTokens: 10_000,
  trustedProxies: 0,
  closeTimeoutMs: 5_000,
  upstream: defaultUpstreamSettings,
};

/** The settings of the gateway, as far as they concern sockets. */
export function socketSettings(settings: GatewaySettings): SocketSettings {
  const { maxTokens, trustedProxies, signingSecret } = settings;
  return {
    ...defaultSocketSettings,
    maxTokens,
    trustedProxies,
    closeTimeoutMs: Math.min(defaultSocketSettings.closeTimeoutMs, settings.drainTimeoutMs),
    upstream: { ...defaultUpstreamSettings, signingSecret },
  };
}

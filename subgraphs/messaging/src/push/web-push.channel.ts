import type { Agent } from 'node:https';
import { RequestFilteringHttpsAgent } from 'request-filtering-agent';
import webPush from 'web-push';

export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

export interface PushTarget {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

export interface WebPushChannelOptions {
  readonly keys: VapidKeys;
  /** Whom push services may write to: `mailto:` or `https:`. */
  readonly subject: string;
  /** Tests replace it; otherwise it refuses every address that is not public, whatever the name resolves to. */
  readonly agent?: Agent;
  readonly timeoutMs?: number;
}

/** `gone`: the browser has unsubscribed. `temporary` may succeed later, `permanent` will not. */
export type PushOutcome = 'accepted' | 'gone' | 'temporary' | 'permanent';

const DAY_SECONDS = 24 * 60 * 60;

/** Pushes to browsers through the services of their makers. */
export class WebPushChannel {
  readonly publicKey: string;
  readonly #options: WebPushChannelOptions;
  readonly #agent: Agent;

  constructor(options: WebPushChannelOptions) {
    this.publicKey = options.keys.publicKey;
    this.#options = options;
    this.#agent = options.agent ?? new RequestFilteringHttpsAgent();
  }

  /** @param payload at most 3 kB of text; encrypted for the browser, so that the service in between cannot read it */
  async push({ endpoint, p256dh, auth }: PushTarget, payload: string): Promise<PushOutcome> {
    const { keys, subject, timeoutMs = 15_000 } = this.#options;
    try {
      await webPush.sendNotification({ endpoint, keys: { p256dh, auth } }, payload, {
        vapidDetails: { subject, publicKey: keys.publicKey, privateKey: keys.privateKey },
        agent: this.#agent,
        timeout: timeoutMs,
        TTL: DAY_SECONDS,
        contentEncoding: 'aes128gcm',
      });
      return 'accepted';
    } catch (error) {
      return outcomeOf(error as Error & { statusCode?: number });
    }
  }
}

function outcomeOf({ statusCode }: { statusCode?: number }): PushOutcome {
  // No answer: the network, a service that is down, or an address that our agent refuses.
  if (statusCode === undefined) return 'temporary';
  if (statusCode === 404 || statusCode === 410) return 'gone';
  return statusCode === 429 || statusCode >= 500 ? 'temporary' : 'permanent';
}

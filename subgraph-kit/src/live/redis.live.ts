import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Logger } from '@supergraph/protocol';
import { createClient } from 'redis';
import { FanOut } from './fan-out.ts';
import type { Live } from './live.ts';

const PREFIX = 'supergraph:live:';

/** The longest pause between two attempts to reach Redis. */
const MAX_PAUSE_MS = 2_000;

/** How long closing waits for the last hints to reach a Redis that may just have gone. */
const FAREWELL_MS = 1_000;

/** Long enough for any identifier, so the rest of a message is the hint. */
const ORIGIN_LENGTH = randomUUID().length;

type Client = ReturnType<typeof createClient>;

/**
 * Fan-out between processes over Redis pub/sub, over two connections however many readers there are.
 *
 * Readers in this process get a hint directly, so while Redis is away they miss nothing; those elsewhere do. A caller
 * never waits for Redis and never sees it fail.
 */
export class RedisLive implements Live {
  readonly #log: Logger;
  readonly #origin = randomUUID();
  readonly #readers: FanOut;
  readonly #publisher: Client;
  readonly #subscriber: Client;
  /** The last hint on its way to Redis, and with it all before. */
  #sent: Promise<unknown> = Promise.resolve();
  #away = false;
  #closed = false;

  /** Connects in the background, and again whenever the connection is lost. */
  constructor(url: string, log: Logger, capacity?: number) {
    this.#log = log;
    this.#readers = new FanOut(capacity, {
      opened: (channel) => this.#listenTo([channel]),
      closed: (channel) => this.#ignore(channel),
    });
    const socket = { reconnectStrategy: (retries: number) => this.#pause(retries) };
    // Without a queue: a hint that is old by the time Redis is back would only mislead.
    this.#publisher = createClient({ url, socket, disableOfflineQueue: true });
    this.#subscriber = createClient({ url, socket, pingInterval: 10_000 });
    for (const client of [this.#publisher, this.#subscriber]) {
      client.on('error', (error: Error) => this.#lost(error));
      client.on('ready', () => (this.#closed ? client.destroy() : this.#found()));
      client.connect().catch((error: Error) => this.#lost(error));
    }
    // The client renews what Redis had confirmed; a channel that was asked for in between would be forgotten.
    this.#subscriber.on('ready', () => this.#listenTo(this.#readers.channels));
  }

  async publish(channel: string, hint: object): Promise<void> {
    const json = JSON.stringify(hint);
    this.#readers.deliver(channel, json);
    if (this.#publisher.isReady) {
      const sent = this.#publisher.publish(PREFIX + channel, this.#origin + json);
      this.#sent = sent.catch((error: Error) => this.#lost(error));
    }
  }

  subscribe<Hint extends object>(channel: string, signal?: AbortSignal): AsyncIterableIterator<Hint> {
    return this.#readers.subscribe<Hint>(channel, signal);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#readers.close();
    await Promise.race([this.#sent, setTimeout(FAREWELL_MS, undefined, { ref: false })]);
    for (const client of [this.#publisher, this.#subscriber]) {
      // One that is connecting gives up by itself, or lets go once it is connected: destroyed now, it would connect still.
      if (client.isReady) client.destroy();
    }
  }

  #pause(retries: number): number | false {
    return this.#closed ? false : Math.min(50 * 2 ** retries, MAX_PAUSE_MS) * (0.5 + Math.random() / 2);
  }

  readonly #receive = (message: string, channel: string): void => {
    if (message.startsWith(this.#origin)) return;
    this.#readers.deliver(channel.slice(PREFIX.length), message.slice(ORIGIN_LENGTH));
  };

  #listenTo(channels: readonly string[]): void {
    if (channels.length === 0 || this.#closed) return;
    const names = channels.map((channel) => PREFIX + channel);
    this.#subscriber.subscribe(names, this.#receive).catch((error: Error) => this.#lost(error));
  }

  #ignore(channel: string): void {
    if (this.#closed) return;
    this.#subscriber.unsubscribe(PREFIX + channel, this.#receive).catch((error: Error) => this.#lost(error));
  }

  #lost(error: Error): void {
    // Once per absence: reconnecting fails several times a second.
    if (this.#away || this.#closed) return;
    this.#away = true;
    this.#log.warn({ err: error }, 'Redis is away: live hints reach only this process');
  }

  #found(): void {
    if (!this.#away || !this.#publisher.isReady || !this.#subscriber.isReady) return;
    this.#away = false;
    this.#log.info('Redis is back: live hints reach every process');
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { GraphClient } from './graph.client.ts';

const SUBSCRIPTION = 'subscription { unreadNotificationCountChanged }';
const CAUSE = 'mutation { markAllNotificationsRead { markedCount } }';

/** How the gateway let go of somebody. */
export interface Farewell {
  /** The code of the error that the subscription ended with. */
  readonly error: unknown;
  /** What the socket was closed with. */
  readonly close: number;
}

/** Somebody who listens on a socket, and to whom something has come already. */
export class LiveListener {
  readonly #socket: WebSocket;
  #seen = 0;
  #error: unknown;
  readonly #closed: Promise<number>;

  private constructor(socket: WebSocket, token: string) {
    this.#socket = socket;
    this.#closed = new Promise((resolve) => socket.once('close', resolve));
    socket.once('open', () => this.#send({ type: 'connection_init', payload: { token } }));
    socket.on('message', (frame) => {
      const message = JSON.parse(String(frame));
      if (message.type === 'connection_ack') {
        this.#send({ id: '1', type: 'subscribe', payload: { query: SUBSCRIPTION } });
      }
      if (message.type === 'next') this.#seen += 1;
      if (message.type === 'error') this.#error = message.payload[0].extensions.code;
    });
  }

  /** Opens a socket with the client's token and waits until the subscription brings something. */
  static async start(client: GraphClient): Promise<LiveListener> {
    const listener = LiveListener.open(client);
    await listener.hearsOf(client);
    return listener;
  }

  /** Opens a socket with the client's token, and subscribes. */
  static open({ url, authorization }: GraphClient): LiveListener {
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
    return new LiveListener(socket, authorization!.slice('Bearer '.length));
  }

  /** Waits until something that the client does is heard here. */
  async hearsOf(client: GraphClient): Promise<void> {
    const before = this.#seen;
    while (this.#seen === before) {
      await client.queryData(CAUSE);
      await pause(20);
    }
  }

  /** Waits until the gateway has closed the socket. */
  async farewell(): Promise<Farewell> {
    const close = await this.#closed;
    return { error: this.#error, close };
  }

  leave(): void {
    this.#socket.terminate();
  }

  #send(message: object): void {
    this.#socket.send(JSON.stringify(message));
  }
}
